import { caseFacts } from '#capabilities/cases/server/index.ts'
import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { leavesHouse } from '#platform/contract/operation.ts'
import type { Read } from '#platform/db/context.ts'
import { csvLine } from '#platform/http/csv.ts'
import { handle } from '#platform/http/handle.ts'
import type { Others } from '#platform/http/others.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { type ConsoleEvent, oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

interface Question {
  readonly reference?: string | undefined
  readonly account?: string | undefined
  readonly exports?: 'yes' | undefined
  readonly tries?: 'yes' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
/**
 * The question with the reference's case. A sealed one is not found by who is not named.
 * @throws Problem invalid-input when nothing is asked about, not-found
 */
async function askedOf(
  read: Read,
  { bindings }: Others,
  { reference, account, exports, tries, from, to }: Question,
): Promise<store.Asked> {
  if (!reference && !account && !exports && !tries)
    throw new Problem('invalid-input', [{ field: 'reference', code: 'required' }])
  const found = reference ? await store.findCase(read, reference) : undefined
  if (reference && !found) throw notFound()
  const leaving = [...bindings.values()].map(one => one.operation).filter(leavesHouse)
  return {
    case: found?.case_id,
    account,
    operations: exports ? leaving.map(one => one.id) : undefined,
    tries: tries === 'yes',
    from,
    to,
  }
}

/** Events with the names that stand for their ids. */
async function eventsShown(read: Read, rows: readonly store.EventRow[]): Promise<ConsoleEvent[]> {
  const some = (ids: readonly (string | null)[]) => ids.flatMap(one => (one ? [one] : []))
  // One after another: the connection that exports stream on takes no second question before the first is answered.
  const names = await namesOf(read, some(rows.map(row => row.actor_id)))
  const organisations = await store.organisationsOf(read, some(rows.map(row => row.about.organisation)))
  const shells = await store.shellsOf(read, some(rows.flatMap(row => [row.case_id, ...(row.also ?? [])])))
  return rows.map(({ id, at, case_id, actor_id, about, also = [] }) => ({
    id,
    at: at.toISOString(),
    event: about.event,
    outcome: about.outcome,
    actor: actor_id,
    name: actor_id ? (names.get(actor_id) ?? null) : null,
    role: about.role,
    organisation: about.organisation ? (organisations.get(about.organisation) ?? null) : null,
    purpose: about.purpose,
    reference: case_id ? (shells.get(case_id)?.reference ?? null) : null,
    also: also.flatMap(one => shells.get(one)?.reference ?? []),
    compartments: about.compartments,
    basis: about.basis,
    count: about.count ?? null,
    reason: about.reason ?? null,
  }))
}

export const readEvents = handle(oversight.readEvents, policy, {
  run: async ({ read, others, input: { query }, note }) => {
    const asked = await askedOf(read, others, query)
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listEvents(read, asked, paged), limit)
    note({ ...(asked.case ? { case: asked.case } : {}), count: items.length })
    return { items: await eventsShown(read, items), ...more }
  },
})

/** What is counted and what is sent end at the same moment: the export itself is not in it. */
const untilNow = (query: Question, now: Date): Question => ({ ...query, to: query.to ?? now.toISOString() })

/** Rows of an export at most; whoever needs more asks about a shorter time. */
const mostExported = 20_000
const columns = [
  'at',
  'event',
  'outcome',
  'name',
  'role',
  'organisation',
  'purpose',
  'reference',
  'also',
  'compartments',
  'basis',
  'count',
  'reason',
] as const

export const exportEvents = handle(oversight.exportEvents, policy, {
  run: async ({ read, others, input: { query }, now, note }) => {
    const asked = await askedOf(read, others, untilNow(query, now))
    const { length: count } = await store.listEvents(read, asked, { after: undefined, limit: mostExported })
    note({ ...(asked.case ? { case: asked.case } : {}), count })
    return { count }
  },
  stream: async function* ({ read, others, input: { query }, now }) {
    yield csvLine(columns)
    const asked = await askedOf(read, others, untilNow(query, now))
    let after: string | undefined
    for (let sent = 0; sent < mostExported; ) {
      const rows = await store.listEvents(read, asked, { after, limit: 500 })
      yield (await eventsShown(read, rows))
        .map(row =>
          csvLine(
            columns.map(column =>
              column === 'compartments' || column === 'also' ? row[column].join(' ') : row[column],
            ),
          ),
        )
        .join('')
      if (rows.length < 500) return
      sent += rows.length
      after = rows.at(-1)!.id
    }
  },
})

export const findPeople = handle(oversight.findPeople, policy, {
  run: async ({ read, input: { query }, note }) => {
    const items = await store.findPeople(read, query.words.trim(), 20)
    note({ count: items.length })
    return { items }
  },
})

export const caseLog = handle(oversight.caseLog, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, input: { params, query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listCaseEvents(read, params.case, paged), limit)
    note({ count: items.length })
    return { items: await eventsShown(read, items), ...more }
  },
})
