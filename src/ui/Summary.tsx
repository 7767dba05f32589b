import type { ReactNode } from 'react'

export interface SummaryRow {
  term: ReactNode
  /** Nothing given is shown as a dash. */
  value: ReactNode
  /** A link or button that changes this answer. */
  action?: ReactNode
}

/** Terms and what is known about each. */
export function Summary({ rows, label }: { rows: readonly SummaryRow[]; label?: string }) {
  return (
    <dl className="summary" aria-label={label}>
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
