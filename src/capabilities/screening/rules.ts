import type { Texts } from '#platform/forms/definition.ts'

/**
 * How answers read, as data beside the form. A rule gives a finding when its condition is met; findings inform a
 * decision and decide nothing, and that none is given closes nothing. There is no total.
 */
export interface Rule {
  readonly code: string
  readonly label: Texts
  /** What the finding means for the next step, in plain words. */
  readonly advice: Texts
  readonly when: Condition
  /** Where the rule comes from. */
  readonly source: string
  readonly verified: 'V' | 'V2' | 'G'
  /** null: nobody stands by it yet; production refuses it unless it says how to help and nothing more. */
  readonly signedOff: { readonly name: string; readonly on: string } | null
}

export type Condition =
  /** At least `count` of the questions have one of the answers. `any of` is a count of 1. */
  | {
      readonly kind: 'at-least'
      readonly count: number
      readonly questions: readonly string[]
      readonly answers: readonly string[]
    }
  /** A multiple choice holds at least `count` of the choices. */
  | { readonly kind: 'chosen'; readonly count: number; readonly question: string; readonly choices: readonly string[] }
  /** A number is at least, or at most, this. */
  | {
      readonly kind: 'number'
      readonly question: string
      readonly atLeast?: number
      readonly atMost?: number
    }
  /** A dimension of the ILO/EC indicators by its published rule over strong, medium and weak signs (scoring.ts). */
  | {
      readonly kind: 'dimension'
      readonly answers: readonly string[]
      readonly strong: readonly string[]
      readonly medium: readonly string[]
      readonly weak: readonly string[]
    }
  /** Findings of other rules; no circles. */
  | { readonly kind: 'all' | 'any' | 'none'; readonly rules: readonly string[] }
