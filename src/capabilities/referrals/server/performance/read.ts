import { findOrganisation } from '#capabilities/directory/server/index.ts'
import type { Query } from '#platform/contract/operation.ts'
import type { Read } from '#platform/db/context.ts'
import { csvLine } from '#platform/http/csv.ts'
import type { Asked } from '#platform/http/handle.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { became, type Performance, performance, type Unmet } from '../../contract-performance.ts'
import { type CountFacts, policy } from '../../policy.ts'
import * as store from './store.ts'

const factsOf = async (read: Read, actor: Actor, ofCountry: boolean): Promise<CountFacts> => ({
  ofCountry,
  competent: (await findOrganisation(read, actor.organisation))?.competent === true,
})
const facts = ({ read, actor, input }: Asked<Query> & { input: { query: unknown } }): Promise<CountFacts> =>
  factsOf(read, actor, (input.query as { of: string }).of === 'country')
/** The first day of a quarter. */
const firstOf = (quarter: string): string =>
  `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}-01`

export const read = handle(performance.read, policy, {
  facts,
  run: async ({ read, facts, input: { query }, note }) => {
    const first = firstOf(query.quarter)
    const items = await store.listPerformance(read, facts.ofCountry, first)
    const unmet = facts.ofCountry ? await store.listUnmet(read, first) : []
    note({ count: items.length })
    return { items, unmet }
  },
})

/**
 * What was asked for and not found in a quarter, small numbers withheld; undefined: not for this reader. What shelters people has no
 * area; `sheltered` says which.
 */
export async function unmetOfCountry(
  read: Read,
  actor: Actor,
  quarter: string,
): Promise<(Unmet & { readonly sheltered: boolean })[] | undefined> {
  const facts = await factsOf(read, actor, true)
  if (!policy['referral.performance'](actor, facts).allow) return undefined
  const rows = await store.listUnmet(read, firstOf(quarter))
  return rows.map(row => ({ ...row, sheltered: row.service === 'safe-accommodation' }))
}

/** The same as lines, for a spreadsheet: one for each count. What is withheld stands empty. */
export const exportCsv = handle(performance.exportCsv, policy, {
  facts,
  run: async ({ read, facts, input: { query }, note }) => {
    const count = (await store.listPerformance(read, facts.ofCountry, firstOf(query.quarter))).length
    note({ count })
    return { count }
  },
  stream: async function* ({ read, input: { query } }) {
    const first = firstOf(query.quarter)
    yield csvLine(['quarter', 'table', 'organisation or service', 'area', 'place', 'what', 'count'])
    for (const row of await store.listPerformance(read, query.of === 'country', first))
      yield linesOf(query.quarter, row)
    if (query.of !== 'country') return
    for (const { service, area, place, all, counts } of await store.listUnmet(read, first))
      yield Object.entries({ all, ...counts })
        .map(([what, count]) => csvLine([query.quarter, 'unmet', service, area, place, what, count]))
        .join('')
  },
})

const linesOf = (quarter: string, row: Performance): string => {
  const line = (table: string, what: string, count: number | null) =>
    csvLine([quarter, table, row.name, null, null, what, count])
  const of = (table: string, counts: Readonly<Record<string, number | null | undefined>>) =>
    Object.entries(counts).map(([what, count]) => line(table, what, count ?? null))
  const ordered = Object.fromEntries(became.map(one => [one, row.became[one]]))
  return [
    line('answers', 'all', row.all),
    line('answers', 'median-minutes', row.minutes),
    ...of('answers', ordered),
    ...of('declined', row.declined),
    ...of('ended', row.ended),
  ].join('')
}
