import { offerSoon, savedCopy, sealedColumns } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { health, mostFiles } from '../contract.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { copiesFor, shelf } from './shelf.ts'
import * as store from './store.ts'

/** Says what a file of a note is; the file itself comes before or after. */
export const attach = handle(health.attach, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, services, input: { params, body }, ...context }) => {
    const { row, folder } = loaded(context.facts)
    if (folder.status === 'closed') throw new Problem('not-now')
    if (!(await store.findOwn(tx, params.case, actor.organisation, params.note))) throw notFound()
    const others = (await store.listFiles(tx, params.case)).filter(one => one.note_id === params.note)
    if (others.length >= mostFiles)
      throw new Problem('invalid-input', [{ field: 'file', code: 'too-many', limit: mostFiles }])
    const sha256 = Buffer.from(body.file, 'base64url')
    await store.insertFile(tx, {
      id: body.id,
      case_id: params.case,
      organisation_id: actor.organisation,
      note_id: params.note,
      by_account: actor.user,
      sha256,
      ...(await sealedColumns(shelf, key(params.case, row.key_slot, 'HLT'), body.id, { name: body.name })),
    })
    await offerSoon(tx, services, actor.user, sha256)
    return { id: body.id }
  },
})

/** One copy, to be saved: its own decision and audit event each time. */
export const readFile = handle(health.readFile, policy, {
  ...ofCase,
  run: async ({ read, actor, key, services, input: { params }, note, ...context }) => {
    const { row: folder } = loaded(context.facts)
    const row = await store.getFile(read, params.case, params.file)
    if (!copiesFor(row, actor.organisation).includes(params.copy)) throw notFound()
    const opening = key(params.case, folder.key_slot, 'HLT')
    const saved = await savedCopy('health', shelf, services, opening, row, params.copy)
    note({ ids: [row.id], reason: params.copy })
    return saved
  },
})
