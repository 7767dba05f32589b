import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../contract.ts'
import { getProfile } from '../indicators.ts'
import { policy } from '../policy.ts'
import { mayUseWeights, readAll } from '../scoring.ts'
import * as store from './store.ts'
import { indicatorView } from './view.ts'

/** The unit completes the indicators from what was told. It informs a decision; it notifies nobody and decides nothing. */
export const complete = handle(screening.complete, policy, {
  facts: async ({ read, input }) => {
    const row = await store.get(read, input.params.screening)
    return { screening: { by: row.by_account, case: row.case_id }, access: await findAccess(read, row.case_id) }
  },
  caseOf: facts => (facts.screening as unknown as { case: string }).case,
  run: async ({ tx, actor, services, input: { params, body }, now }) => {
    const profile = getProfile(body.profile)
    if (!mayUseWeights({ production: services.config.mode === 'production', signedOff: profile.signedOff }))
      throw new Problem('weights-not-signed-off')
    const reading = readAll(profile, body.answers)
    const foreign = reading.refused ? undefined : reading.notInProfile[0]
    if (foreign) throw new Problem('invalid-input', [{ field: `answers.${foreign}`, code: 'unknown-field' }])
    const { case_id } = await store.get(tx, params.screening)
    const row = {
      id: body.id,
      screening_id: params.screening,
      case_id,
      profile: body.profile,
      answers: JSON.stringify(body.answers),
      reading: reading.reading ?? '',
      by_account: actor.user,
      at: now,
    }
    await store.insertIndicators(tx, row)
    return indicatorView({ ...row, answers: body.answers }, await store.accountName(tx, actor.user))
  },
})
