/** What the people behind this request hold of a case: the union of their principals' rows that are still live. */
export interface CaseAccess {
  readonly compartments: number
  /** made it, or was given it by name */
  readonly own: boolean
  /** the unit that opened it */
  readonly holder: boolean
  /** shared with the organisation by a referral */
  readonly share: boolean
}
