import type { Flaw } from './definition.ts'

/** What is wrong with a form, all of it at once; never empty. `message` names codes only, so that it may be logged. */
export class FormFlaw extends Error {
  readonly flaws: readonly [Flaw, ...Flaw[]]
  constructor(first: Flaw, ...rest: Flaw[]) {
    super(`form: ${[first, ...rest].map(flaw => flaw.code).join(', ')}`.slice(0, 200))
    this.name = 'FormFlaw'
    this.flaws = [first, ...rest]
  }
}

/** @throws FormFlaw */
export function flaw(code: string, detail?: string): never {
  throw new FormFlaw(detail === undefined ? { code } : { code, detail: short(detail) })
}

/** A detail as a Flaw may carry it. */
export const short = (detail: string): string => (detail.length > 200 ? `${detail.slice(0, 199)}…` : detail)
