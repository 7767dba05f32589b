import { caseFacts } from '#capabilities/cases/server/index.ts'
import type { Read } from '#platform/db/context.ts'
import { Problem } from '#platform/problem/problem.ts'

/** The facts of the case that a request names, with its row. */
export type Loaded = Awaited<ReturnType<typeof caseFacts>>

export const ofCase = {
  facts: ({ read, input }: { read: Read; input: { params: { case: string } } }): Promise<Loaded> =>
    caseFacts(read, input.params.case),
  caseOf: (_: unknown, { params }: { params: { case: string } }): string => params.case,
}
/** Rules ask for less than was loaded. */
export const loaded = (facts: unknown): Loaded => facts as Loaded

/** @throws Problem not-now when the case is not open */
export function requireOpen({ folder }: Loaded): void {
  if (folder.status !== 'opened') throw new Problem('not-now')
}
export const wrong = (field: string, code: string, limit?: number): Problem =>
  new Problem('invalid-input', [limit === undefined ? { field, code } : { field, code, limit }])

const dayMs = 86_400_000
/** A calendar day so many days on. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
