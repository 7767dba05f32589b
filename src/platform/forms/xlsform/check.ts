import { compile } from '../compile.ts'
import type { FormDefinition } from '../definition.ts'
import { FormFlaw } from '../flaw.ts'
import { pattern } from '../pattern.ts'
import { Paths } from '../xform/paths.ts'
import { toXPath } from '../xform/rewrite.ts'
import type { Findings, Spot } from './findings.ts'
import type { Column } from './headers.ts'

/** Where the pieces of a form came from, for naming them in the author's words. */
export interface Origin {
  readonly survey: { readonly sheet: string; readonly columns: readonly Column[] }
  readonly settings: string
}

/** Compiles the form and tells what is wrong with it by the headers of its sheet. */
export function check(definition: FormDefinition, { survey, settings }: Origin, findings: Findings): void {
  const told = (error: unknown, spot: Spot): void => {
    if (!(error instanceof FormFlaw)) throw error
    for (const flaw of error.flaws) {
      const header = survey.columns.find(({ field }) => field === flaw.column)?.header
      findings.refuse(flaw.code, { ...spot, ...flaw, ...(header ? { column: header } : {}) }, flaw.detail)
    }
  }
  try {
    compile(definition, { pattern })
  } catch (error) {
    told(error, {})
  }
  if (definition.instanceName === undefined) return
  try {
    toXPath(definition.instanceName, undefined, new Paths(definition))
  } catch (error) {
    told(error, { sheet: settings, row: 2, column: 'instance_name' })
  }
}
