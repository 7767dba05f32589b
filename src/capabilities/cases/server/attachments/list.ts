import type { DataKey, Keys } from '#platform/crypto/keys.ts'
import { shown } from '#platform/files/server/attached/attached.ts'
import { handle } from '#platform/http/handle.ts'
import { type Attachment, attachmentCompartments, cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { shelfOf } from './shelf.ts'
import * as store from './store.ts'

export const listAttachments = handle(cases.listAttachments, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, services, decision, input: { params, query }, note }) => {
    const limit = Number(query.limit ?? 20)
    const { key_slot } = await getFolder(read, params.case)
    const open = attachmentCompartments.filter(one => decision.permits(params.case, one))
    const rows = await store.listAttachments(read, params.case, open, query.after, limit + 1)
    const items = await Promise.all(
      rows.slice(0, limit).map(row => {
        const { compartment } = shelfOf(row.compartment)
        return toItem(services.keys, key(params.case, key_slot, compartment), row)
      }),
    )
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})

async function toItem(
  keys: Keys,
  key: DataKey,
  row: store.AttachmentRow & { by_name: string | null },
): Promise<Attachment> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    by: row.by_name ?? '',
    takenAt: row.taken_at?.toISOString() ?? null,
    compartment: shelfOf(row.compartment).compartment,
    purpose: row.purpose as Attachment['purpose'],
    original: row.original,
    ...(await shown(shelfOf(row.compartment), keys, key, row)),
  }
}
