import type { Purpose } from '#platform/policy/roles.ts'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Me } from '../session.ts'
import './sign-in.css'

/** Every role a person has, once for each purpose that it may be used for; the purpose is named where there is a choice. */
export function RolePicks({
  me,
  busy,
  onPick,
}: {
  me: Me
  busy: boolean
  onPick: (pick: { assignment: string; purpose: Purpose }) => void
}) {
  const { t, date } = useWords()
  const picks = me.assignments.flatMap(one => one.purposes.map(purpose => ({ one, purpose })))
  const isCurrent = (assignment: string, purpose: Purpose) =>
    me.current?.assignment === assignment && me.current.purpose === purpose
  return (
    <ul className="picks">
      {picks.map(({ one, purpose }) => (
        <li key={`${one.id} ${purpose}`}>
          <button
            type="button"
            className="pick"
            aria-current={isCurrent(one.id, purpose) || undefined}
            aria-disabled={busy || undefined}
            onClick={() => !busy && !isCurrent(one.id, purpose) && onPick({ assignment: one.id, purpose })}
          >
            <span>
              <span className="pick-name">{t(`role.${one.role}`)}</span>
              <span className="pick-note">
                {one.organisation.name}
                {one.purposes.length > 1 && (
                  <>
                    <br />
                    {t('sign-in.role.for', { purpose: t(`purpose.${purpose}`) })}
                  </>
                )}
                {one.until && (
                  <>
                    <br />
                    {t('auth.role.until', { when: date(one.until) })}
                  </>
                )}
              </span>
            </span>
            <Icon name={isCurrent(one.id, purpose) ? 'check' : 'next'} />
          </button>
        </li>
      ))}
    </ul>
  )
}
