import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { accountShape, assignmentShape } from '../shapes.ts'
import { isSecondPerson } from './second-person.ts'
import { assignmentsOf, countSessions, openInvitations, getAccount as row } from './store.ts'

export const getAccount = handle(auth.getAccount, policy, {
  run: async ({ read, actor, input, services, note }) => {
    const account = await row(read, input.params.account)
    const assignments = await assignmentsOf(read, [account.id])
    const open = await openInvitations(read, account.id)
    const join = open.find(one => one.kind === 'join')
    const ask = open.find(one => one.kind === 'recover')
    note({ ids: [account.id] })
    return {
      ...accountShape(account, []),
      createdAt: account.created_at.toISOString(),
      assignments: assignments.map(one => ({
        ...assignmentShape(one),
        live: one.live,
        askedBy: one.asked_name,
        confirmedBy: one.confirmed_name,
        refused: one.refused,
        answerable: one.waiting && isSecondPerson(actor, one),
      })),
      invitation: join ? { expiresAt: join.expires_at.toISOString() } : null,
      recovery: ask
        ? {
            id: ask.id,
            askedAt: ask.asked_at.toISOString(),
            askedBy: ask.asked_name,
            confirmed: ask.confirmed_by !== null,
          }
        : null,
      sessions: await countSessions(read, account.id, services.config.session.idleMinutes),
    }
  },
})
