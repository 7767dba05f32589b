import { careOfPerson } from '#capabilities/care/server/index.ts'
import { caseFacts, viewOf } from '#capabilities/cases/server/index.ts'
import { ledgerOf } from '#capabilities/consent/server/index.ts'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { oversight } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { pageForThePerson } from './page-for-the-person.ts'

export const exportSubject = handle(oversight.exportSubject, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async context => {
    const { read, services, language, now, decision, key, input } = context
    const caseId = input.params.case
    const facts = context.facts as Awaited<ReturnType<typeof caseFacts>>
    const [found, ledger, care] = await Promise.all([
      viewOf(context, facts),
      ledgerOf(read, caseId, now),
      decision.permits(caseId, 'SVC') ? careOfPerson(read, caseId, facts.row.key_slot, key) : undefined,
    ])
    // A paper may be found: what was agreed with police is shown face to face.
    const consents = ledger.filter(one => !one.toPolice)
    const asked = [...new Set(consents.flatMap(one => one.recipients))]
    const kinds = new Map(
      await Promise.all(asked.map(async id => [id, (await findOrganisation(read, id))?.kind] as const)),
    )
    const page = await pageForThePerson(
      { found, consents, care, kindOf: id => kinds.get(id) },
      services.words(language),
      now,
    )
    return { name: `${found.reference}.html`, bytes: Buffer.from(page) }
  },
})
