import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import type { Delivery, Total } from '../contract-plan.ts'
import { DeliverForm } from './DeliverForm.tsx'
import { DeliveryList } from './DeliveryList.tsx'
import { CareFrame, useCase } from './Frame.tsx'
import { useMoney } from './money.ts'
import { useBodies } from './use-bodies.ts'

/** What was given, what it came to, and what the person did not want. */
export default function ServicesPage() {
  const { t } = useWords()
  const caseId = useCase()
  const found = useAsk(care.deliveries, { params: { case: caseId } })
  const plans = useAsk(care.plans, { params: { case: caseId } })
  const { bodies } = useBodies()
  const money = useMoney()
  const [adding, setAdding] = useState(false)
  if (!found.isSuccess)
    return (
      <CareFrame part="services">
        {found.isPending && <Loading lines={6} />}
        {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      </CareFrame>
    )
  const { items, totals, currency } = found.data
  return (
    <CareFrame
      part="services"
      lead={t('care.services.lead')}
      actions={!adding && <Button onClick={() => setAdding(true)}>{t('care.services.record')}</Button>}
    >
      {adding && (
        <DeliverForm
          caseId={caseId}
          actions={plans.data?.actions ?? []}
          bodies={bodies}
          currency={currency}
          words
          onDone={() => setAdding(false)}
        />
      )}
      {items.length === 0 && !adding && <EmptyState title={t('care.services.none')} />}
      {totals.length > 0 && (
        <Card title={t('care.services.totals')}>
          <DataTable<Total>
            caption={t('care.services.totals')}
            rows={totals}
            rowId={row => row.service}
            columns={[
              { key: 'service', title: t('care.services.kind'), cell: row => t(`service.kind.${row.service}`) },
              {
                key: 'given',
                title: t('care.outcome.delivered'),
                cell: row =>
                  [
                    t('care.services.times', { count: row.delivered }),
                    ...row.quantities.map(one => t(`care.quantity.${one.unit}`, { count: one.quantity })),
                  ].join(', '),
              },
              { key: 'declined', title: t('care.outcome.declined-by-person'), cell: row => row.declined || '–' },
              { key: 'unavailable', title: t('care.outcome.unavailable'), cell: row => row.unavailable || '–' },
              { key: 'cost', title: t('care.services.cost'), cell: row => money(row.cost, currency) },
            ]}
          />
        </Card>
      )}
      {items.length > 0 && <DeliveryList items={items as Delivery[]} currency={currency} />}
    </CareFrame>
  )
}
