import { tellOfReferral } from '#capabilities/cases/server/index.ts'
import { eventInsert } from '#platform/audit/record.ts'
import type { Urgency } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { statementOf, type Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import { hearNow, hoursOf, responseSpan } from '../asking.ts'
import * as store from './store.ts'

/** That something was shared by rule, on which consent, and with whom. */
function writeDown(tx: Tx, one: store.RoundDue, now: Date): Promise<number> {
  const { text, values } = eventInsert({
    id: uuidv7(now.getTime()),
    at: now.toISOString(),
    actor: null,
    role: 'jobs',
    organisation: one.to_organisation,
    operation: 'referrals.nextTurn',
    event: 'referral.passed-on',
    case: one.case_id,
    compartments: compartmentsIn(one.shared),
    purpose: 'assistance',
    basis: one.consent_id,
    outcome: 'done',
    request: one.round_id,
  })
  return tx.run(statementOf(text, values))
}

/**
 * Every minute: where somebody said no, or nothing in time, the next in line is asked, as who asked for the round decided; where
 * nobody is left, the round is over and the case says so. It chooses nobody by itself.
 */
export const nextTurnJob = ({ packs }: Pick<Services, 'packs'>): Job => ({
  name: 'referrals.next-turn',
  cron: '* * * * *',
  run: async (tx, now) => {
    for (const one of await store.roundsDue(tx, now)) {
      const pack = packs.get(one.country)
      if (!pack) continue
      if (one.turn_id === null) {
        const state = await store.endRound(tx, one.round_id)
        if (state === 'nobody') await tellOfReferral(tx, uuidv7(), one.case_id, 'nobody', null)
        continue
      }
      const calendar = hoursOf(one, pack)
      // Who does not hear of an emergency now is not waited for.
      if (one.urgency === 'emergency' && !one.on_call && !hearNow(one.heard, pack, now)) {
        await store.skipTurn(tx, one.turn_id)
        continue
      }
      const span = responseSpan(pack, one.urgency as Urgency, now, calendar)
      if (!(await store.passOn(tx, one.turn_id, now, span))) continue
      await tellOfReferral(tx, uuidv7(), one.case_id, 'passed-on', one.to_organisation)
      await writeDown(tx, one, now)
    }
  },
})
