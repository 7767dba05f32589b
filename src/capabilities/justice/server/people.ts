import { handle } from '#platform/http/handle.ts'
import { justice } from '../contract.ts'
import { policy } from '../policy.ts'
import { listPeople } from './store.ts'

/** Who can be named. An investigator shares with prosecutors and hands work to colleagues: others are not theirs to name. */
export const people = handle(justice.people, policy, {
  run: async ({ read, actor }) => ({
    items: (await listPeople(read))
      .filter(
        one => actor.role !== 'investigator' || one.role === 'prosecutor' || one.organisation === actor.organisation,
      )
      .map(one => ({
        account: one.account,
        name: one.name,
        role: one.role as 'investigator' | 'prosecutor',
        organisation: one.organisation,
        organisationName: one.organisation_name,
      })),
  }),
})
