import { Link } from '@tanstack/react-router'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import { cases, type Identity } from '../contract.ts'

/**
 * Before a person is recorded: which of one's own records could be of the same person. Silent where there is none, where
 * there is no signal, and of everything that the reader may not see.
 */
export function Alike({ identity }: { identity: Identity }) {
  const words = useWords()
  const { t } = words
  const { givenName, familyName, knownAs, birthDate, age, phone, document } = identity
  const typed = { givenName, familyName, knownAs, birthDate, phone, document }
  const query = {
    ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)),
    ...(age === undefined ? {} : { age: String(age) }),
  }
  const enabled = phone !== undefined || document !== undefined || [givenName, familyName, knownAs].some(Boolean)
  const found = useAsk(cases.alike, { query }, { enabled, staleTime: 60_000 })
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Banner role="status" title={t('case.alike.title')}>
      <p>{t('case.alike.text')}</p>
      <ul>
        {items.map(one => (
          <li key={one.case}>
            {t('case.alike.why', {
              name: one.name || t('case.alike.nameless'),
              when: words.date(one.madeAt, 'short'),
            })}{' '}
            ({one.why.map(why => t(`case.alike.${why}`)).join(', ')}).{' '}
            <Link to="/cases/$case/identity" params={{ case: one.case } as never}>
              {t('case.alike.open', { reference: one.reference })}
            </Link>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
