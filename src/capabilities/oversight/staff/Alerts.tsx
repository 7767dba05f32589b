import { Link } from '@tanstack/react-router'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'

type Alert = Answer<typeof oversight.alerts>['items'][number]

/** What waits for the reader: each says what kind of thing, and where to look. */
export default function Alerts() {
  const { t } = useWords()
  const { role } = useSession()
  const also =
    role === 'intake' ? ['bars'] : role === 'coordinator' || role === 'decision-maker' ? ['sealings', 'erasures'] : []
  return (
    <div className="stack">
      <PageHeader title={t('alert.title')}>{t('alert.lead')}</PageHeader>
      <AlertList />
      {also.length > 0 && (
        <Card title={t('alert.also')}>
          <ul className="plain-list">
            {also.map(one => (
              <li key={one}>
                <Link to={`/oversight/${one}` as never}>{t(`alert.also.${one}`)}</Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

export function AlertList() {
  const { t } = useWords()
  const found = useAsk(oversight.alerts, { query: {} })
  if (found.isPending) return <Loading lines={4} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.items.length === 0) return <EmptyState title={t('alert.none')} />
  return (
    <ul className="plain-list stack-close">
      {found.data.items.map(one => (
        <One key={one.id} alert={one} />
      ))}
    </ul>
  )
}

/** Where each kind is looked at, for whom there is such a page. */
const places: Partial<Record<Alert['kind'], { officer?: string; others?: string }>> = {
  'glass-broken': { officer: '/oversight/glasses' },
  'glass-reviewed': { others: '/glass' },
  'canary-read': { officer: '/oversight/canaries' },
  'seal-proposed': { officer: '/oversight/sealings', others: '/oversight/sealings' },
  'erasure-proposed': { officer: '/oversight/erasures', others: '/oversight/erasures' },
  'file-held': { officer: '/oversight/held-files' },
  'retention-due': { officer: '/oversight/erasures' },
  'sealed-alone': { officer: '/oversight/sealings' },
  'sealed-let-in': { officer: '/oversight/sealings', others: '/oversight/sealings' },
}

function One({ alert }: { alert: Alert }) {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const see = useCommand(oversight.seeAlert, [oversight.alerts.id])
  const where = places[alert.kind]?.[role === 'data-protection-officer' ? 'officer' : 'others']
  const said = t(`alert.kind.${alert.kind}`)
  return (
    <li>
      <strong>{where ? <Link to={where as never}>{said}</Link> : said}</strong> · {words.dateTime(alert.at)}{' '}
      {alert.seenAt === null && (
        <Button
          variant="quiet"
          compact
          busy={see.isPending}
          onClick={() => see.mutate({ params: { alert: alert.id }, body: {} })}
        >
          {t('alert.seen')}
        </Button>
      )}
    </li>
  )
}
