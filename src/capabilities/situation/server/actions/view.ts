import type { Keys } from '#platform/crypto/keys.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Action, ActionState } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { openOfAction } from '../sealed.ts'
import type { ActionFound } from './store.ts'

/** @param today the country's own */
export function actionOf(row: ActionFound, keys: Keys, actor: Actor, today: string, now: Date): Action {
  const state = row.state as ActionState
  const open = state === 'open'
  const may = (verb: 'finish-action' | 'drop-action') =>
    open && policy[`situation.${verb}`](actor, { owner: row.owner_organisation }, now).allow
  return {
    id: row.id,
    assessment: row.assessment_id,
    question: row.question,
    what: openOfAction(keys, row.id, 'sealed_what', row.sealed_what),
    owner: { id: row.owner_organisation, name: row.owner_name },
    dueOn: row.due_on,
    overdue: open && row.due_on < today,
    state,
    end: row.sealed_end ? openOfAction(keys, row.id, 'sealed_end', row.sealed_end) : null,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedName: row.ended_name,
    moves: [...(may('finish-action') ? ['finish' as const] : []), ...(may('drop-action') ? ['drop' as const] : [])],
    version: row.version,
  }
}
