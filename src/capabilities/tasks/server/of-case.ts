import type { CaseFacts } from '#capabilities/cases/policy.ts'
import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import type { DataKey } from '#platform/crypto/keys.ts'
import { openText, seal } from '#platform/crypto/seal.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type Task, tasks } from '../contract.ts'
import { movesOf, policy } from '../policy.ts'
import { factsOf, midnightOf, toTask } from './facts.ts'
import * as store from './store.ts'

type Loaded = CaseFacts & { readonly row: { readonly id: string; readonly key_slot: number } }
const ofCase = {
  facts: ({ read, input }: { read: Read; input: { params: { case: string } } }) => caseFacts(read, input.params.case),
  caseOf: (_: unknown, { params }: { params: { case: string } }): string => params.case,
}
const at = (row: string) => ({ table: 'tasks.task', column: 'sealed', compartment: 'SVC', row, version: 1 }) as const

/** The tasks of one case; their words only for who may read the notes of the services. */
export const listOfCase = handle(tasks.ofCase, policy, {
  ...ofCase,
  run: async ({ read, actor, services, decision, key, now, input: { params }, note, ...context }) => {
    const facts = context.facts as Loaded
    const day = todayIn(services, actor.country, now)
    const midnight = midnightOf(services, actor.country, day)
    const rows = await store.listOfCase(read, params.case)
    const opens = decision.permits(params.case, 'SVC')
    let svc: DataKey | undefined
    const items = rows.map((row): Task => {
      const shown = toTask(row, day, now, movesOf(actor, factsOf(row, facts, midnight)))
      if (!row.sealed || !opens) return shown
      svc ??= key(params.case, facts.row.key_slot, 'SVC')
      return { ...shown, words: openText(svc, row.sealed, at(row.id)) }
    })
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, mayWrite: opens }
  },
})

export const people = handle(tasks.people, policy, {
  ...ofCase,
  run: async ({ read, input: { params } }) => ({
    items: (await store.listPeople(read, params.case)).map(({ body, role, ...one }) => ({
      ...one,
      role: role as Task['role'],
      organisationName: body,
    })),
  }),
})

/** @throws Problem where nobody so named works on the case */
export async function requireHolder(read: Read, caseId: string | null, to: store.To): Promise<void> {
  if (!(await store.mayHold(read, caseId, to))) throw new Problem('invalid-input', [{ field: 'to', code: 'no-place' }])
}

export const make = handle(tasks.make, policy, {
  ...ofCase,
  run: async ({ tx, actor, decision, key, input: { params, body }, ...context }) => {
    const facts = context.facts as Loaded
    await requireHolder(tx, params.case, body.to)
    // Nobody writes what they could not read.
    if (body.words !== undefined && !decision.permits(params.case, 'SVC'))
      throw new Problem('invalid-input', [{ field: 'words', code: 'codes-only' }])
    await Promise.all([
      store.make(tx, {
        ...body,
        caseId: params.case,
        sealed:
          body.words === undefined ? null : seal(key(params.case, facts.row.key_slot, 'SVC'), body.words, at(body.id)),
      }),
      ...(facts.access?.own || facts.access?.holder || facts.access?.assigned
        ? [addToTimeline(tx, actor, params.case, 'tasks.made', { kind: body.kind, role: body.to.role })]
        : []),
    ])
    return { id: body.id }
  },
})

/** A task about no case: codes alone, for oneself or a colleague. */
export const makeOwn = handle(tasks.makeOwn, policy, {
  facts: async ({ input: { body } }) => ({ organisation: body.to.organisation }),
  run: async ({ tx, input: { body } }) => {
    await requireHolder(tx, null, body.to)
    await store.make(tx, { ...body, caseId: null, sealed: null })
    return { id: body.id }
  },
})
