import { handle } from '../../../http/handle.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { assignmentShape } from '../shapes.ts'
import { isSecondPerson } from './second-person.ts'
import { countAdministrators, listWaiting as rows } from './store.ts'

/** A supervisor sees what waits in their own organisation, an administrator all of the country's. */
export const listWaiting = handle(auth.listWaiting, policy, {
  run: async ({ read, actor }) => ({
    items: (await rows(read, actor.role === 'supervisor' ? actor.organisation : undefined)).map(one => ({
      ...assignmentShape(one),
      account: { id: one.account_id, name: one.account_name, status: one.status },
      askedAt: one.granted_at.toISOString(),
      askedBy: one.asked_name,
      answerable: isSecondPerson(actor, one),
    })),
    administrators: await countAdministrators(read),
  }),
})
