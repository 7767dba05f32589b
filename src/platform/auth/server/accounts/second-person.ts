import type { Actor } from '../../../policy/decide.ts'
import { policy } from '../../policy.ts'

/** Whether this actor may say yes or no to an assignment that waits, by the rule of the operations that do. */
export const isSecondPerson = (
  actor: Actor,
  { account_id, granted_by, organisation }: { account_id: string; granted_by: string | null; organisation: string },
): boolean =>
  granted_by !== null &&
  policy['account.confirm-assignment'](
    actor,
    { account: account_id, askedBy: granted_by, organisation },
    actor.provenAt,
  ).allow
