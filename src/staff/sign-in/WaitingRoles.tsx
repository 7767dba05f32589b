import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Me } from '../session.ts'

/** Roles that were asked for and give nothing yet, told to the person they are for. */
export function WaitingRoles({ me }: { me: Me }) {
  const { t } = useWords()
  if (me.waiting.length === 0) return null
  return (
    <Banner tone="info">
      <p>{t('auth.role.waiting')}</p>
      <ul>
        {me.waiting.map(one => (
          <li key={one.id}>
            <strong>{t(`role.${one.role}`)}</strong>, {one.organisation.name}
          </li>
        ))}
      </ul>
      <p>{t('auth.role.waiting-next')}</p>
    </Banner>
  )
}
