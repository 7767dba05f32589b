import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Receipt } from '../contract.ts'
import { BasisOf, ReceiptSheet } from './ReceiptSheet.tsx'

/** What the reader was given by name, and the receipts of what they read. */
export default function HandedList() {
  const words = useWords()
  const { t } = words
  const handed = useAsk(justice.handed, {})
  return (
    <div className="stack">
      <PageHeader title={t('justice.handed.title')}>{t('justice.handed.lead')}</PageHeader>
      <div className="stack justice-screen">
        {handed.isPending && <Loading lines={4} />}
        {handed.isError && <Problem error={handed.error} onRetry={() => void handed.refetch()} />}
        {handed.data?.items.length === 0 && (
          <EmptyState title={t('justice.handed.empty')}>{t('justice.handed.empty-text')}</EmptyState>
        )}
        {handed.data?.items.map(one => (
          <Card
            key={one.id}
            title={<BasisOf of={one} />}
            footer={
              <Link
                to={'/handed/$handed' as string}
                params={{ handed: one.id } as never}
                className="button button-primary"
              >
                {t('justice.handed.open')}
              </Link>
            }
          >
            <Summary
              rows={[
                { term: t('justice.handed.case'), value: one.reference },
                {
                  term: t('justice.handed.parts'),
                  value: one.compartments.map(each => t(`compartment.${each}`)).join(' · '),
                },
                {
                  term: t('justice.handed.for'),
                  value: one.purposes.map(each => t(`justice.purpose.${each}`)).join(', '),
                },
                { term: t('justice.handed.until'), value: words.dateTime(one.until) },
              ]}
            />
          </Card>
        ))}
      </div>
      <Receipts />
    </div>
  )
}

function Receipts() {
  const words = useWords()
  const { t } = words
  const pages = usePages(justice.receipts, {})
  const [shown, setShown] = useState<Receipt>()
  return (
    <>
      <div className="stack justice-screen">
        <h2>{t('justice.receipts.title')}</h2>
        {pages.status === 'loading' && <Loading lines={3} />}
        {pages.status === 'error' && <Problem error={pages.error} onRetry={() => void pages.onRetry()} />}
        {pages.status === 'ready' && pages.rows.length === 0 && <p>{t('justice.receipts.none')}</p>}
        {pages.rows.length > 0 && (
          <DataTable<Receipt>
            caption={t('justice.receipts.title')}
            rows={pages.rows}
            rowId={row => row.id}
            columns={[
              { key: 'case', title: t('justice.handed.case'), cell: row => row.reference },
              { key: 'at', title: t('justice.receipt.when'), cell: row => words.dateTime(row.at) },
              { key: 'basis', title: t('justice.receipt.basis'), wideOnly: true, cell: row => <BasisOf of={row} /> },
              {
                key: 'show',
                title: t('justice.receipt.title'),
                cell: row => (
                  <Button variant="quiet" compact onClick={() => setShown(row)}>
                    {t('justice.receipt.show')}
                  </Button>
                ),
              },
            ]}
          />
        )}
      </div>
      {shown && <ReceiptSheet receipt={shown} />}
    </>
  )
}
