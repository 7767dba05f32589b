import { handle } from '#platform/http/handle.ts'
import { justice } from '../contract.ts'
import { policy } from '../policy.ts'
import { listPeople } from './store.ts'

/**
 * Who can be named. An investigator shares with prosecutors, hands work to colleagues, and may close a lead to any of them or to
 * the body's supervisors; of those nobody else is told here.
 */
export const people = handle(justice.people, policy, {
  run: async ({ read, actor }) => ({
    items: (await listPeople(read))
      .filter(one =>
        actor.role === 'investigator'
          ? one.role === 'prosecutor' || one.organisation === actor.organisation
          : one.role !== 'supervisor',
      )
      .map(one => ({
        account: one.account,
        name: one.name,
        role: one.role as 'investigator' | 'prosecutor' | 'supervisor',
        organisation: one.organisation,
        organisationName: one.organisation_name,
      })),
  }),
})
