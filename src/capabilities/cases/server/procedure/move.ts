import type { Out } from '#platform/contract/operation.ts'
import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { FieldError } from '#platform/problem/problem.ts'
import { cases, type Step } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { addToTimeline, caseFacts } from '../folder.ts'
import { sealAt } from '../sealed.ts'
import { getFolder } from '../store.ts'
import { applyMove, requireProcedureMove } from './apply.ts'
import { insertStep, listClocks, listDecisions, listSteps } from './store.ts'

/** What the history calls it. */
const eventOf: Record<Step, string> = {
  'review-recovery': 'case.recovery-reviewed',
  'end-recovery': 'case.recovery-ended',
  'request-reconsideration': 'case.reconsideration-requested',
  withdraw: 'case.person-withdrew',
  transfer: 'case.person-transferred',
  'report-missing': 'case.person-missing',
  'record-death': 'case.person-died',
  reopen: 'case.procedure-reopened',
  find: 'case.person-found',
}

type Body = Out<typeof cases.move.body>

/** A move that is no decision: the recovery reviewed or over, a reconsideration asked for, an interruption and its end. */
export const move = handle(cases.move, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now, note }) => {
    const made = requireProcedureMove(services, actor, facts, body.move)
    const row = await getFolder(tx, params.case)
    const at = body.happenedAt ? new Date(body.happenedAt) : now
    const asks = body.move === 'request-reconsideration'
    const late = asks && (await isLate(tx, params.case, at))
    requireNone([
      ...(body.happenedAt ? await wrongMoment(tx, params.case, body.happenedAt, now, row.opened_at) : []),
      ...given('country', body.country, made.needs.includes('country')),
      ...given('askedBy', body.askedBy, asks),
      // Who asks in time need not say why it is late.
      ...(late && body.lateReasons === undefined ? [{ field: 'lateReasons', code: 'required' }] : []),
    ])
    const to = await applyMove({ tx, actor, services, row, move: made, version, at, now })
    const about = {
      ...(body.country ? { country: body.country } : {}),
      ...(body.askedBy ? { askedBy: body.askedBy } : {}),
      ...(late ? { late } : {}),
    }
    await insertStep(tx, {
      id: body.id,
      case_id: params.case,
      move: body.move,
      from_state: row.identification,
      to_state: to,
      about: JSON.stringify(about),
      sealed_reasons: sealAt(
        key(params.case, row.key_slot, 'STA'),
        'step',
        body.id,
        JSON.stringify({ reasons: body.reasons, ...(late ? { lateReasons: body.lateReasons } : {}) }),
      ),
      by_account: actor.user,
      happened_at: at,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, eventOf[body.move], { ...about, to })
    note({ reason: body.move })
    return { id: params.case, version: version + 1 }
  },
})

/** Asked for where it belongs, refused where it does not. */
const given = (field: keyof Body, value: unknown, wanted: boolean): FieldError[] => {
  if (wanted && value === undefined) return [{ field, code: 'required' }]
  return !wanted && value !== undefined ? [{ field, code: 'not-offered' }] : []
}

/** Whether a reconsideration is asked for after its time; where no clock ran for it there was no time left. */
async function isLate(read: Read, caseId: string, at: Date): Promise<boolean> {
  const running = (await listClocks(read, caseId)).find(
    one => one.kind === 'reconsideration-request' && one.stopped_at === null,
  )
  return !running || at > running.due_at
}

/** Not in the future, and not before what it follows: the opening, or the last decision or step. */
async function wrongMoment(
  read: Read,
  caseId: string,
  happenedAt: string,
  now: Date,
  opened: Date | null,
): Promise<FieldError[]> {
  const wrong = wrongSaid(happenedAt, now, 'happenedAt', 'paper')
  if (wrong.length > 0) return wrong
  const [decisions, taken] = await Promise.all([listDecisions(read, caseId), listSteps(read, caseId)])
  const before = [opened, ...decisions.map(one => one.second_at ?? one.at), ...taken.map(one => one.happened_at)]
  return before.some(one => one !== null && one > new Date(happenedAt))
    ? [{ field: 'happenedAt', code: 'too-old' }]
    : []
}
