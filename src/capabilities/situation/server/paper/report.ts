import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { renderReport } from '#platform/documents/pdf.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { situation } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { countCoverage } from '../coverage/count.ts'
import { assessmentFacts } from '../store.ts'
import { viewOf } from '../view.ts'
import { assessmentReport } from './assessment.ts'
import { coverageReport as coverageOn } from './coverage.ts'

export const report = handle(situation.report, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ read, actor, services, now, input: { params }, note }) => {
    const found = await viewOf(read, services, actor, params.assessment, now, [])
    if (found.state !== 'finished') throw new Problem('not-now')
    note({ ids: [found.id] })
    const pack = services.packs.get(actor.country)!
    const from = (await findOrganisation(read, actor.organisation))?.name ?? ''
    // Only of an area: a provider has none here.
    const here =
      found.area === null
        ? undefined
        : (await countCoverage(read, services, actor, now)).areas.find(one => one.area === found.area)
    const made = assessmentReport(found, services.words(params.language), pack, from, here)
    return { name: `assessment-${found.id.slice(-8)}-${params.language}.pdf`, bytes: await renderReport(made, now) }
  },
})

export const coverageReport = handle(situation.coverageReport, policy, {
  run: async ({ read, actor, services, now, input: { query } }) => {
    const pack = services.packs.get(actor.country)!
    const from = (await findOrganisation(read, actor.organisation))?.name ?? ''
    const found = await countCoverage(read, services, actor, now)
    const made = coverageOn(found, services.words(query.language), pack, from)
    return { name: `coverage-${found.at.slice(0, 10)}-${query.language}.pdf`, bytes: await renderReport(made, now) }
  },
})
