import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export interface SummaryRow {
  term: ReactNode
  /** Nothing given is shown as a dash. */
  value: ReactNode
  /** A link or button that changes this answer. */
  action?: ReactNode
}

/** Terms and what is known about each; `questions` where the terms are whole sentences and the answers short. */
export function Summary({
  rows,
  label,
  questions,
}: {
  rows: readonly SummaryRow[]
  label?: string
  questions?: boolean
}) {
  return (
    <dl className={classes('summary', questions && 'summary-questions')} aria-label={label}>
      {rows.map((row, place) => (
        // Rows have no id of their own and never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div className="summary-row" key={place}>
          <dt>{row.term}</dt>
          <dd className="summary-value">{row.value || '–'}</dd>
          {row.action && <dd className="summary-action">{row.action}</dd>}
        </div>
      ))}
    </dl>
  )
}
