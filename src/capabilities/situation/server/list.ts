import { handle } from '#platform/http/handle.ts'
import { type AssessmentRow, situation, subjects } from '../contract.ts'
import { currentForm } from '../instruments/shipped.ts'
import { policy } from '../policy.ts'
import { type AssessmentFound, handedIn, listAssessments } from './store.ts'

/** @param done of which the reader has handed in */
export const rowOf = (row: AssessmentFound, mayAnswer: boolean): AssessmentRow => ({
  id: row.id,
  subject: row.subject,
  organisation: row.organisation_id === null ? null : { id: row.organisation_id, name: row.organisation! },
  area: row.area,
  state: row.state,
  madeAt: row.made_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  firstName: row.first_name,
  secondName: row.second_name,
  waitsForMe: mayAnswer,
})
/** Whether somebody is asked for answers of their own. */
export const isAsked = (
  actor: Parameters<(typeof policy)['situation.hand-in']>[0],
  row: AssessmentFound,
  done: ReadonlySet<string>,
  now: Date,
): boolean =>
  row.state === 'open' &&
  !done.has(row.id) &&
  policy['situation.hand-in'](
    actor,
    {
      assessment: { state: row.state, organisation: row.organisation_id, first: row.first_by, second: row.second_by },
    },
    now,
  ).allow

export const list = handle(situation.list, policy, {
  run: async ({ read, actor, now, input: { query } }) => {
    const limit = Number(query.limit ?? 50)
    const { standard, ...rest } = query
    const missing = standard && subjects.flatMap(one => currentForm(one).standards[standard].map(each => each.name))
    const rows = await listAssessments(read, { ...rest, missing, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const done = await handedIn(
      read,
      actor.user,
      shown.map(one => one.id),
    )
    return {
      items: shown.map(row => rowOf(row, isAsked(actor, row, done, now))),
      ...(rows.length > limit ? { next: shown.at(-1)!.id } : {}),
    }
  },
})
