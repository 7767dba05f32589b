import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { areasOf } from '../areas.ts'
import { situation } from '../contract.ts'
import { currentForm } from '../instruments/shipped.ts'
import { policy } from '../policy.ts'
import { insertAssessment } from './store.ts'

/** Begins one; who does is its first assessor. */
export const make = handle(situation.make, policy, {
  run: async ({ tx, actor, services, now, input: { body } }) => {
    const wrong = (field: string) => new Problem('invalid-input', [{ field, code: 'not-offered' }])
    if (body.organisation !== undefined) {
      const found = await findOrganisation(tx, body.organisation)
      // Nobody assesses the house that they work for.
      if (!found?.active || found.country !== actor.country || found.id === actor.organisation)
        throw wrong('organisation')
    }
    if (body.area !== undefined) {
      const areas = areasOf(services.packs.get(actor.country)?.places ?? [])
      if (!areas.some(one => one.code === body.area)) throw wrong('area')
    }
    await insertAssessment(tx, {
      id: body.id,
      country: actor.country,
      subject: body.subject,
      organisation_id: body.organisation ?? null,
      area: body.area ?? null,
      version_of_form: currentForm(body.subject).version,
      first_by: actor.user,
      made_at: now,
    })
    return { id: body.id }
  },
})
