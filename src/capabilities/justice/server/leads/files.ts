import { offerSoon, savedCopy, sealedColumns } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { justice } from '../../contract.ts'
import { mostLeadFiles } from '../../contract-leads.ts'
import { policy } from '../../policy.ts'
import * as store from '../store.ts'
import { leadFacts, movesOf } from './lead.ts'
import { shelf } from './shelf.ts'

type Facts = Awaited<ReturnType<typeof leadFacts>>

/** Says what a file of a lead is; the file itself comes before or after. */
export const attachToLead = handle(justice.attachToLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, key, services, input: { body }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    if (!movesOf(actor, row).includes('attach')) throw new Problem('not-now')
    if ((await store.listFiles(tx, row.id)).length >= mostLeadFiles)
      throw new Problem('invalid-input', [{ field: 'file', code: 'too-many', limit: mostLeadFiles }])
    const sha256 = Buffer.from(body.file, 'base64url')
    await store.insertFile(tx, {
      id: body.id,
      lead_id: row.id,
      organisation_id: row.organisation_id,
      by_account: actor.user,
      sha256,
      ...(await sealedColumns(shelf, key(row.id, row.key_slot, 'INV'), body.id, { name: body.name })),
    })
    await offerSoon(tx, services, actor.user, sha256)
    return { id: body.id }
  },
})

/** One copy, to be saved: its own decision and audit event each time. */
export const readLeadFile = handle(justice.readLeadFile, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ read, facts, key, services, input: { params }, note }) => {
    const { row } = facts as Facts
    const file = await store.getFile(read, row.id, params.file)
    const saved = await savedCopy('lead', shelf, services, key(row.id, row.key_slot, 'INV'), file, params.copy)
    note({ basis: row.id, case: undefined, ids: [file.id], reason: params.copy })
    return saved
  },
})
