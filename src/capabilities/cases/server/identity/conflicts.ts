import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import type { Fields } from '#platform/sync/field-edits.ts'
import { cases, type IdentityConflict } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { type OpenConflict, openFields, openLate } from './fields.ts'
import { visibleConflicts } from './read.ts'
import { saidBy } from './said.ts'
import * as store from './store.ts'

interface Opened {
  readonly reference: string
  readonly fields: Fields
  readonly conflict: OpenConflict
}
/** Both values of each, as they stand now. */
async function shown(read: Read, opened: readonly Opened[]): Promise<IdentityConflict[]> {
  const said = await saidBy(
    read,
    opened.flatMap(({ conflict: { came, field }, fields }) => (fields[field] ? [came, fields[field]] : [came])),
  )
  return opened.map(({ reference, fields, conflict: { row, field, came, base } }) => ({
    id: row.id,
    case: row.case_id,
    reference,
    field,
    came: said(came),
    base,
    stands: fields[field] ? said(fields[field]) : null,
  }))
}

export const conflicts = handle(cases.conflicts, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, input: { params }, note }) => {
    const [folder, row, waiting] = await Promise.all([
      getFolder(read, params.case),
      store.findIdentity(read, params.case),
      store.listOpen(read, params.case),
    ])
    if (!row) throw notFound()
    note({ count: waiting.length, ids: waiting.map(one => one.id) })
    const secret = key(folder.id, folder.key_slot, 'ID')
    const fields = openFields(secret, folder, row)
    const { reference } = folder
    return {
      items: await shown(
        read,
        waiting.map(one => ({ reference, fields, conflict: openLate(secret, one) })),
      ),
    }
  },
  pull: {
    kind: 'conflicts',
    visible: ({ read, actor, limit }) => visibleConflicts(read, actor, limit),
  },
})

export const myConflicts = handle(cases.myConflicts, policy, {
  run: async ({ read, actor, key, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.listWaiting(read, actor, query.after, limit + 1)
    const waiting = rows.slice(0, limit)
    note({
      count: waiting.length,
      ids: waiting.map(one => one.id),
      concerns: waiting.map(one => ({ case: one.case_id, how: 'waiting' })),
    })
    const items = await shown(
      read,
      waiting.map(row => {
        const secret = key(row.case_id, row.key_slot, 'ID')
        const whole = { sealed: row.identity, version: row.identity_version }
        const maker = { id: row.case_id, made_by: row.made_by, made_at: row.made_at }
        return {
          reference: row.reference,
          fields: openFields(secret, maker, whole),
          conflict: openLate(secret, row),
        }
      }),
    )
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
