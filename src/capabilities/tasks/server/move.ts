import { todayIn } from '#platform/clocks/today.ts'
import type { Tx } from '#platform/db/context.ts'
import type { AuditNote } from '#platform/http/handle.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type TaskMove, tasks } from '../contract.ts'
import { movesIn } from '../flow.ts'
import { policy } from '../policy.ts'
import { type LoadedTask, midnightOf, taskFacts } from './facts.ts'
import { requireHolder } from './of-case.ts'
import * as store from './store.ts'

interface Moving {
  readonly tx: Tx
  readonly facts: unknown
  readonly input: { readonly params: { readonly task: string }; readonly version: number }
  readonly note: (note: AuditNote) => void
}
/** Does one move. @throws Problem not-now when the state forbids it, version-stale when it has moved on */
async function moved(
  verb: TaskMove,
  { tx, facts, input: { params, version }, note }: Moving,
  more: Parameters<typeof store.move>[4] = {},
) {
  const { row, task } = facts as LoadedTask
  if (row.case_id !== null) note({ case: row.case_id })
  if (row.version !== version) throw new Problem('version-stale')
  if (!movesIn(task.state).includes(verb)) throw new Problem('not-now')
  if ((await store.move(tx, params.task, version, verb, more)) === 0) throw new Problem('version-stale')
  return { id: params.task, version: version + 1 }
}

export const take = handle(tasks.take, policy, { facts: taskFacts, run: context => moved('take', context) })
export const finish = handle(tasks.finish, policy, { facts: taskFacts, run: context => moved('finish', context) })
export const drop = handle(tasks.drop, policy, {
  facts: taskFacts,
  run: context => moved('drop', context, { reason: context.input.body.reason }),
})
export const give = handle(tasks.give, policy, {
  facts: taskFacts,
  run: async context => {
    const { to } = context.input.body
    const { row } = context.facts as LoadedTask
    await requireHolder(context.tx, row.case_id, to)
    if (row.case_id === null && to.organisation !== row.organisation_id)
      throw new Problem('invalid-input', [{ field: 'to', code: 'no-place' }])
    return moved('give', context, { to })
  },
})
/** Within the country's day on which it was done. */
export const undo = handle(tasks.undo, policy, {
  facts: taskFacts,
  run: context => {
    const { services, actor, now } = context
    const since = midnightOf(services, actor.country, todayIn(services, actor.country, now))
    return moved('undo', context, { since })
  },
})
