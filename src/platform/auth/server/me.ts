import { handle } from '../../http/handle.ts'
import { purposesOf } from '../../policy/roles.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { recentRecoveries } from './accounts/store.ts'
import { sessionOf } from './proof.ts'
import { assignmentShape, languageShape, recoveryShape } from './shapes.ts'
import { assignmentsUntilNow, findAccount, listSessions } from './store.ts'

export const me = handle(auth.me, policy, {
  signIn: true,
  run: async context => {
    const { read, services } = context
    const session = sessionOf(context)
    const { idleMinutes } = services.config.session
    const account = await findAccount(read, session.account)
    const own = (await listSessions(read, session.account, idleMinutes)).find(one => one.id === session.id)
    if (!account || !own) throw notFound()
    const all = await assignmentsUntilNow(read, session.account)
    const assignments = all.filter(one => !one.waiting)
    const recovery = (await recentRecoveries(read, session.account))[0]
    return {
      account: account.id,
      name: account.name,
      email: account.email,
      language: languageShape(account.language),
      strength: session.strength,
      demonstration: session.demonstration,
      provenAt: session.provenAt.toISOString(),
      session: { id: session.id, endsAt: own.ends_at.toISOString(), idleMinutes },
      assignments: assignments.map(one => ({ ...assignmentShape(one), purposes: [...purposesOf[one.role]] })),
      waiting: all.filter(one => one.waiting).map(assignmentShape),
      current: session.actor ? { assignment: session.actor.assignment, purpose: session.actor.purpose } : null,
      ...(recovery ? { recovery: recoveryShape(recovery) } : {}),
    }
  },
})
