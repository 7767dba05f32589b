import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { Action, Delivery } from '../contract-plan.ts'
import { DeliverForm } from './DeliverForm.tsx'
import { DeliveryList } from './DeliveryList.tsx'
import { useCase } from './Frame.tsx'

/** For who gives a service: what was agreed that their organisation does, and what they gave. */
export default function AskedPage() {
  const words = useWords()
  const { t } = words
  const caseId = useCase()
  const { organisation } = useSession()
  const found = useAsk(care.asked, { params: { case: caseId } })
  const [adding, setAdding] = useState(false)
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const { deliveries, currency } = found.data
  const actions = found.data.actions as Action[]
  return (
    <div className="stack">
      <PageHeader
        title={t('care.asked.title')}
        above={<Link to="/referrals">{t('care.asked.back')}</Link>}
        actions={!adding && <Button onClick={() => setAdding(true)}>{t('care.services.record')}</Button>}
      >
        {t('care.asked.lead')}
      </PageHeader>
      {adding && (
        <DeliverForm
          caseId={caseId}
          actions={actions}
          bodies={[]}
          own={organisation.id}
          currency={currency}
          onDone={() => setAdding(false)}
        />
      )}
      <Card title={t('care.asked.agreed')}>
        {actions.length === 0 ? (
          <p>{t('care.asked.none')}</p>
        ) : (
          <ul className="plain-list">
            {actions.map(one => (
              <li key={one.id}>
                {t(`service.kind.${one.service}`)}
                {one.what && `: ${one.what}`}
                {one.dueOn && `, ${t('care.plan.until', { day: words.date(one.dueOn) })}`}
                {`, ${t(`care.action.${one.state}`)}`}
              </li>
            ))}
          </ul>
        )}
      </Card>
      {deliveries.length === 0 ? (
        <EmptyState title={t('care.services.none')} />
      ) : (
        <DeliveryList items={deliveries as Delivery[]} currency={currency} />
      )}
    </div>
  )
}
