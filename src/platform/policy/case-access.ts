/** What the people behind this request hold of a case: their principals' rows that are still live. */
export interface CaseAccess {
  /** What they may open by a reason of their own: made it, in charge of it, of the unit that holds it. */
  readonly held: number
  /** The union of what the person agreed to share with them: what was told is open only where this says so. */
  readonly shared: number
  /** What they may pass on: what they hold, and what was told with it; never what was only shared with them. */
  readonly passes: number
  /** made it */
  readonly own: boolean
  /** in charge of it, by name */
  readonly assigned: boolean
  /** of the unit that opened it */
  readonly holder: boolean
  /** a referral that stands was accepted by their organisation */
  readonly accepted: boolean
  /** referred to their organisation for identification, by a referral that stands */
  readonly referred: boolean
  /** What each referral that still stands shares with their organisation. */
  readonly shares: ReadonlyMap<string, number>
}

/** Reading for a reason that gives no place in the case; nothing may be written, shared or passed on by it. */
export interface Glimpses {
  /** Break-glass by its id: the compartments it opens. */
  readonly broken: ReadonlyMap<string, number>
  /** Orders of a court by their id. */
  readonly ordered: ReadonlyMap<string, number>
  /** Reviewed records of a vital interest by their id. */
  readonly vital: ReadonlyMap<string, number>
}
