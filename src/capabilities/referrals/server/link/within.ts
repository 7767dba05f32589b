import { eventInsert } from '#platform/audit/record.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { statementOf, type Tx } from '#platform/db/context.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'
import type { ReferralMove } from '../../flow.ts'

export interface Done {
  /** Of the operation that somebody with an account would have asked for. */
  readonly verb: 'read' | ReferralMove
  readonly event: string
  readonly case: string
  readonly organisation: string
  readonly decision?: Decision
  readonly outcome?: 'refused'
}
/** What was done by link, written down in the same transaction: by nobody's account, at an organisation. */
export function writeDown(tx: Tx, done: Done, now: Date): Promise<void> {
  const { text, values } = eventInsert({
    id: uuidv7(now.getTime()),
    at: now.toISOString(),
    actor: null,
    role: 'link',
    organisation: done.organisation,
    operation: `referrals.${done.verb}`,
    event: done.event,
    case: done.case,
    compartments: compartmentsIn(done.decision?.mask ?? 0),
    purpose: 'assistance',
    basis: null,
    outcome: done.outcome ?? 'done',
    request: uuidv7(),
  })
  return tx.insert(statementOf(text, values))
}
