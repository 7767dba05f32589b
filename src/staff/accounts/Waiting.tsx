import { Link } from '@tanstack/react-router'
import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import { Banner } from '#ui/Banner.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../api.ts'
import { useSession } from '../session.ts'

type Waiting = Answer<typeof auth.listWaiting>['items'][number]

/** What this reader may answer comes first on the page: somebody cannot work yet. */
export function WaitingForYou() {
  const { t } = useWords()
  const items = useAsk(auth.listWaiting, {}).data?.items.filter(one => one.answerable) ?? []
  if (items.length === 0) return null
  return (
    <div className="people-waiting">
      <Banner tone="warning" title={t('people.waiting', { count: items.length })}>
        <List items={items} />
      </Banner>
    </div>
  )
}

/** What this reader asked for: not theirs to confirm, and how a second person comes where there is none. */
export function WaitingForOthers() {
  const { t } = useWords()
  const { role } = useSession()
  const waiting = useAsk(auth.listWaiting, {}).data
  const items = waiting?.items.filter(one => !one.answerable) ?? []
  const alone = role === 'administrator' && waiting?.administrators === 1
  if (items.length === 0 && !alone) return null
  return (
    <div className="people-waiting">
      <Banner title={items.length > 0 ? t('people.waiting.others', { count: items.length }) : undefined}>
        {items.length > 0 && (
          <>
            <List items={items} />
            <p>{t('people.waiting.others-text')}</p>
          </>
        )}
        {alone && <Alone />}
      </Banner>
    </div>
  )
}

/** Whoever is the only administrator learns where the second comes from. */
export function Alone() {
  const { t } = useWords()
  return <p>{t('people.waiting.alone')}</p>
}

function List({ items }: { items: readonly Waiting[] }) {
  const { t, relative } = useWords()
  return (
    <ul>
      {items.map(one => (
        <li key={one.id}>
          <Link to="/people/$account" params={{ account: one.account.id }}>
            {one.account.name}
          </Link>
          : {t('people.waiting.for', { role: t(`role.${one.role}`), organisation: one.organisation.name })},{' '}
          {t('people.waiting.asked', { name: one.askedBy, when: relative(one.askedAt) })}
        </li>
      ))}
    </ul>
  )
}
