import { eventInsert } from '#platform/audit/record.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { statementOf, type Tx } from '#platform/db/context.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'

export interface Done {
  readonly verb: string
  readonly event: string
  readonly case: string
  readonly decision: Decision
  readonly basis?: string
}
/** What the person did, written down in the same transaction: by nobody who works here, for themselves. */
export function writeDown(tx: Tx, done: Done, now: Date): Promise<void> {
  const { text, values } = eventInsert({
    id: uuidv7(now.getTime()),
    at: now.toISOString(),
    actor: null,
    role: 'person',
    organisation: null,
    operation: `visits.${done.verb}`,
    event: done.event,
    case: done.case,
    compartments: compartmentsIn(done.decision.mask),
    purpose: 'self',
    basis: done.basis ?? null,
    outcome: 'done',
    request: uuidv7(),
  })
  return tx.insert(statementOf(text, values))
}
