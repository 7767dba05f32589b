import type { Flaw } from '../definition.ts'
import { FormFlaw, short } from '../flaw.ts'

/** More flaws than anybody mends in one sitting; what comes after is not looked for. */
const cap = 100

/** Where a flaw stands. `column` is the header as its author wrote it. */
export interface Spot {
  readonly sheet?: string | undefined
  readonly row?: number | undefined
  readonly column?: string | undefined
}

/** What an import finds on its way: flaws that refuse the form, and warnings that do not. */
export class Findings {
  readonly flaws: Flaw[] = []
  readonly warnings: Flaw[] = []

  refuse(code: string, spot: Spot = {}, detail?: string): void {
    add(this.flaws, code, spot, detail)
  }

  warn(code: string, spot: Spot = {}, detail?: string): void {
    add(this.warnings, code, spot, detail)
  }

  get full(): boolean {
    return this.flaws.length >= cap
  }

  /** @throws FormFlaw with all that was refused so far */
  settle(): void {
    const [first, ...rest] = this.flaws
    if (first) throw new FormFlaw(first, ...rest)
  }
}

function add(list: Flaw[], code: string, spot: Spot, detail: string | undefined): void {
  if (list.length >= cap) return
  list.push({
    code,
    ...(spot.sheet === undefined ? {} : { sheet: short(spot.sheet) }),
    ...(spot.row === undefined ? {} : { row: spot.row }),
    ...(spot.column === undefined ? {} : { column: short(spot.column) }),
    ...(detail === undefined ? {} : { detail: short(detail) }),
  })
}
