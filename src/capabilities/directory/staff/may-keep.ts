import type { Purpose } from '#platform/policy/roles.ts'
import type { SessionValue } from '../../../staff/session.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'

/** Whether the rules let this person change an organisation's services or roster: who may not is shown no way to. */
export function mayKeep({ me, role, organisation }: SessionValue, what: 'offer' | 'putOnCall', about: string): boolean {
  const allowed: readonly Purpose[] = directory[what].purpose
  if (!me.current || !allowed.includes(me.current.purpose)) return false
  const rule = policy[what === 'offer' ? 'organisation.offer' : 'organisation.on-call']
  const actor = { role, organisation: organisation.id } as Parameters<typeof rule>[0]
  return rule(actor, { organisation: about }, new Date()).allow
}
