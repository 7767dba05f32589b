import { eventInsert } from '#platform/audit/record.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Fence, inTransaction, statementOf, type Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'

/** Nobody: no account, no organisation, no role that a policy names. What a visit opens, its token opens. */
const nobody: Fence = {
  user: '00000000-0000-0000-0000-000000000000',
  principals: [],
  compartments: 0,
  country: 'ZZZ',
  role: 'person',
}
export const asNobody = <T>(services: Services, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(services.pool, nobody, work)

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
