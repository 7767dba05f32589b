import { careOfPerson } from '#capabilities/care/server/index.ts'
import { caseFacts, filesOfPerson, viewOf } from '#capabilities/cases/server/index.ts'
import { ledgerOf } from '#capabilities/consent/server/index.ts'
import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { accountOfPerson } from '#capabilities/screening/server/index.ts'
import { questionsOfPerson } from '#capabilities/visits/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { bit } from '#platform/policy/compartments.ts'
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
    const slot = facts.row.key_slot
    const opens = decision.permits(caseId, 'SVC')
    // What the person told is read only by a unit that they agreed may know it, on paper too.
    const shared = ((facts.access?.shared ?? 0) & bit.SVC) !== 0
    const [found, ledger, care, files, account, questions] = await Promise.all([
      viewOf(context, facts),
      ledgerOf(read, caseId, now),
      opens ? careOfPerson(read, caseId, slot, key) : undefined,
      filesOfPerson(read, caseId, slot, decision, key),
      opens && shared ? accountOfPerson(read, caseId, slot, key) : undefined,
      opens ? questionsOfPerson(read, caseId, slot, key) : undefined,
    ])
    // A paper may be found: what was agreed with police is shown face to face.
    const consents = ledger.filter(one => !one.toPolice)
    const asked = [...new Set(consents.flatMap(one => one.recipients))]
    const kinds = new Map(
      await Promise.all(asked.map(async id => [id, (await findOrganisation(read, id))?.kind] as const)),
    )
    const page = await pageForThePerson(
      { found, consents, care, files, account, questions, kindOf: id => kinds.get(id) },
      services.words(language),
      now,
    )
    return { name: `${found.reference}.html`, bytes: Buffer.from(page) }
  },
})
