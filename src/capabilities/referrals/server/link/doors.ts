import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { type paperStates, withoutAccount } from '../../contract-link.ts'
import { policy } from '../../policy.ts'
import { type Loaded, referralFacts } from '../facts.ts'
import { answersIn } from './steps.ts'
import * as store from './store.ts'

const paperState = (found: store.Doors): (typeof paperStates)[number] =>
  found.paper_live && found.stands ? 'live' : found.answered_at ? 'answered' : 'over'
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** The newest link and sheet of a referral, for who sees to its answer; nothing by which either is opened. */
export const doors = handle(withoutAccount.doors, policy, {
  facts: ({ read, input }) => referralFacts(read, input.params.referral),
  caseOf: facts => facts.referral.caseId,
  run: async ({ read, facts, services }) => {
    const { row, referral } = facts as Loaded
    const [found, organisation] = await Promise.all([
      store.doorsOf(read, referral.id),
      findOrganisation(read, referral.toOrganisation),
    ])
    const state = found.ended_at
      ? found.ended_by
        ? ('ended' as const)
        : ('closed' as const)
      : found.stands
        ? ('live' as const)
        : ('over' as const)
    return {
      link: found.link_id
        ? {
            state,
            madeAt: found.link_at.toISOString(),
            madeBy: found.link_by ?? '',
            openedAt: iso(found.opened_at),
            mail: found.mail_state,
          }
        : null,
      paper: found.paper_id
        ? {
            state: paperState(found),
            madeAt: found.paper_at.toISOString(),
            madeBy: found.paper_by ?? '',
            sealedTo: found.sealed_to as 'key',
            abroad: found.abroad,
            answeredAt: iso(found.answered_at),
          }
        : null,
      stands: found.stands,
      signsIn: found.signs_in,
      mail: services.config.mail ? (organisation?.email ?? null) : null,
      answers: found.stands ? answersIn(referral.status) : [],
      version: row.version,
    }
  },
})
