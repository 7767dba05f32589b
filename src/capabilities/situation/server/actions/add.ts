import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { situation } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { sealOfAction } from '../sealed.ts'
import { getAssessment } from '../store.ts'
import { insertAction } from './store.ts'

/** What is done about a gap, by whom and until when; only once the assessment is finished, and only where something is missing. */
export const addAction = handle(situation.addAction, policy, {
  run: async ({ tx, actor, services, now, input: { params, body } }) => {
    const assessment = await getAssessment(tx, params.assessment)
    if (assessment.state !== 'finished') throw new Problem('not-now')
    const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])
    const said = assessment.answers[body.question]
    if (said !== 'partly' && said !== 'no') throw wrong('question', 'not-offered')
    if (body.dueOn < todayIn(services, actor.country, now)) throw wrong('dueOn', 'past')
    const owner = await findOrganisation(tx, body.owner)
    if (!owner?.active || owner.country !== actor.country) throw wrong('owner', 'not-offered')
    await insertAction(tx, {
      id: body.id,
      assessment_id: assessment.id,
      country: assessment.country,
      organisation_id: assessment.organisation_id,
      question: body.question,
      owner_organisation: body.owner,
      due_on: body.dueOn,
      sealed_what: sealOfAction(services.keys, body.id, 'sealed_what', body.what),
      made_by: actor.user,
      made_at: now,
    })
    return { id: body.id }
  },
})
