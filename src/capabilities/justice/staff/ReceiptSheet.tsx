import { Button } from '#ui/Button.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Receipt } from '../contract.ts'
import './justice.css'

/** A receipt to print: what was handed over is not in it, only what of it, and its fingerprint. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  const words = useWords()
  const { t } = words
  return (
    <section className="card justice-sheet" aria-label={t('justice.receipt.title')}>
      <div className="card-body stack">
        <h2>{t('justice.receipt.title')}</h2>
        <Summary
          rows={[
            { term: t('justice.handed.case'), value: receipt.reference },
            {
              term: t('justice.handed.content'),
              value: receipt.compartments.map(one => t(`compartment.${one}`)).join(' · '),
            },
            { term: t('justice.receipt.basis'), value: <BasisOf of={receipt} /> },
            { term: t('justice.receipt.who'), value: `${receipt.name}, ${receipt.organisationName}` },
            { term: t('justice.receipt.when'), value: words.dateTime(receipt.at) },
            { term: t('justice.receipt.hash'), value: <span className="justice-hash">{receipt.hash}</span> },
            { term: t('justice.receipt.number'), value: <span className="justice-hash">{receipt.id}</span> },
          ]}
        />
        <p className="hint">{t('justice.receipt.hash-about')}</p>
        <div className="actions justice-screen">
          <Button variant="secondary" onClick={() => window.print()}>
            {t('justice.receipt.print')}
          </Button>
        </div>
      </div>
    </section>
  )
}

/** On what something was handed over. */
export function BasisOf({ of }: { of: Pick<Receipt, 'basis' | 'court' | 'number'> }) {
  const { t } = useWords()
  return (
    <>
      {of.basis === 'order'
        ? t('justice.handed.order', { number: of.number ?? '', court: of.court ?? '' })
        : t(of.basis === 'consent' ? 'justice.handed.consent' : 'justice.handed.vital')}
    </>
  )
}
