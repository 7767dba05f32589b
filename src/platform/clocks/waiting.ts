/** How far a day's list looks. */
export interface Horizon {
  readonly now: Date
  /** The country's own day, `YYYY-MM-DD`. */
  readonly day: string
  /** The last day that is asked for. */
  readonly until: string
  /** The midnight after it. */
  readonly end: Date
  /** Rows of each kind at most. */
  readonly limit: number
}

/** One thing of a slice that waits for who asks: codes, ids and a case's reference, nobody's name. */
export interface Waits<Kind extends string> {
  readonly kind: Kind
  readonly id: string
  readonly case: string | null
  readonly reference: string | null
  readonly urgency: string | null
  /** Which of its kind. */
  readonly code: string
  /** A calendar day or an instant; null where it has no time. */
  readonly due: string | null
  readonly version: number
}

/** A row as a slice's store finds it. */
export interface WaitingRow {
  readonly id: string
  readonly case_id: string | null
  readonly reference: string | null
  readonly urgency?: string | null
  readonly code: string
  readonly due: string | Date | null
  readonly version?: number
}
export const waits = <Kind extends string>(kind: Kind, row: WaitingRow): Waits<Kind> => ({
  kind,
  id: row.id,
  case: row.case_id,
  reference: row.reference,
  urgency: row.urgency ?? null,
  code: row.code,
  due: row.due instanceof Date ? row.due.toISOString() : row.due,
  version: row.version ?? 0,
})
