import type { Answer } from '#platform/contract/client.ts'
import type { In } from '#platform/contract/operation.ts'
import type { FieldConflict, FieldEdit } from '#platform/sync/field-edits.ts'
import { overlay, type PendingEdit } from '#staff/offline/edits.ts'
import { phoneHere } from '#staff/phone/here.ts'
import { answering, type FinishedHere, type Kept, newestFirst, type WithoutSignal } from '#staff/phone/kept.ts'
import { cases, type Identity, type IdentityConflict, type IdentityName } from '../contract.ts'
import type { FieldSaid, IdentityRecord } from '../contract-identity.ts'

type Edited = In<(typeof cases.editIdentity)['body']>
type Settled = In<(typeof cases.settleConflict)['body']>
/** What a screening says of the person; the slice above knows the rest. */
interface Recorded {
  readonly case: string
  readonly child: string
  readonly identity: Identity
}

/** Who the people are whom this phone's owner met, with what they changed since on top, and what waits to be settled. */
export const withoutSignal: WithoutSignal = {
  answers: [
    answering(cases.identity, async (kept, { params }, online) => (await known(kept, params.case, online))?.record),
    answering(cases.conflicts, async (kept, { params }, online) => {
      const pulled = online ?? (await kept.record<Answer<typeof cases.conflicts>>('conflicts', params.case))
      const here = await known(kept, params.case, undefined)
      if (!pulled && !here) return undefined
      return { items: [...(await withChoices(kept, pulled?.items ?? [])), ...(here?.foreseen ?? [])] }
    }),
    answering(cases.myConflicts, async (kept, { query }, online) => {
      const pulled = await kept.records<Answer<typeof cases.conflicts>>('conflicts')
      const items = await withChoices(kept, online?.items ?? newestFirst(pulled.flatMap(one => one.items)))
      if (query?.after) return { ...online, items }
      const own = (await changesHere(kept)).map(one => one.caseId)
      const here = await Promise.all([...new Set(own)].map(id => known(kept, id, undefined)))
      return { ...online, items: [...here.flatMap(one => one?.foreseen ?? []), ...items] }
    }),
  ],
}

interface Change extends PendingEdit {
  readonly caseId: string
  /** The conflict that it settles. */
  readonly settles?: string
  readonly arrived: boolean
}

/** What was changed on this phone and is not known to be refused, in order. */
async function changesHere(kept: Kept): Promise<Change[]> {
  const [edited, settled] = await Promise.all([
    kept.finished<Edited>(cases.editIdentity.id),
    kept.finished<Settled>(cases.settleConflict.id),
  ])
  const waiting = new Set(phoneHere().waiting.map(({ item }) => item.id))
  const change = (one: FinishedHere<Edited | Settled>, edits: readonly unknown[]): Change => ({
    key: one.body.id,
    edits: edits as FieldEdit[],
    by: kept.me.account,
    at: one.body.madeAt ?? one.madeAt,
    caseId: one.params.case ?? '',
    arrived: !waiting.has(one.key),
    ...(one.params.conflict === undefined ? {} : { settles: one.params.conflict }),
  })
  return [
    ...edited
      .filter(one => one.stands)
      .map(one => ({ at: one.madeAt, key: one.key, change: change(one, one.body.edits) })),
    ...settled
      .filter(one => one.stands)
      .map(one => ({ at: one.madeAt, key: one.key, change: change(one, [one.body.edit]) })),
  ]
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(one => one.change)
}

interface Known {
  readonly record: IdentityRecord
  /** Where somebody else's value came in between: the server will say the same when this phone's has arrived. */
  readonly foreseen: readonly IdentityConflict[]
}

/** A record with this phone's own changes on top. What has arrived counts only as long as the copy does not have it. */
async function known(kept: Kept, caseId: string, online: IdentityRecord | undefined): Promise<Known | undefined> {
  const base = online ?? (await kept.record<IdentityRecord>('identity', caseId)) ?? (await recordedHere(kept, caseId))
  if (!base) return undefined
  let record = base
  const foreseen: IdentityConflict[] = []
  for (const change of await changesHere(kept)) {
    if (change.caseId !== caseId) continue
    const edits = change.arrived
      ? change.edits.filter(one => (record.fields[one.field]?.version ?? null) === one.base)
      : change.edits
    const { fields, foreseen: late } = overlay(record.fields, [{ ...change, edits }])
    record = { ...record, fields: named(fields, kept) }
    // What settles a conflict goes on as that conflict.
    if (!change.settles) foreseen.push(...late.map(one => shownLate(one, change, record, kept)))
  }
  return { record, foreseen }
}

const named = (fields: Readonly<Record<string, unknown>>, { me }: Kept): Record<string, FieldSaid> =>
  Object.fromEntries(
    Object.entries(fields as Record<string, FieldSaid>).map(([name, one]) => [
      name,
      one.byName === undefined ? { ...one, byName: me.name } : one,
    ]),
  )
const shownLate = (late: FieldConflict, { key }: Change, record: IdentityRecord, kept: Kept): IdentityConflict => ({
  // Nothing else is known of it yet; by this the page sees that it has not been sent.
  id: key,
  case: record.case,
  reference: record.reference,
  field: late.field as IdentityName,
  came: { ...late.mine, byName: kept.me.name } as FieldSaid,
  base: late.base,
  stands: record.fields[late.field] ?? null,
})

/** Conflicts without those that this phone settled, each with what it made of the value that stands. */
async function withChoices(kept: Kept, items: readonly IdentityConflict[]): Promise<IdentityConflict[]> {
  const changes = await changesHere(kept)
  const settled = new Set(
    changes.flatMap(one => {
      // One that has arrived and is still there was settled too late: it goes on.
      const base = one.edits[0]?.base ?? null
      const same = items.find(item => item.id === one.settles)
      return one.arrived && (same?.stands?.version ?? null) !== base ? [] : [one.settles]
    }),
  )
  return items
    .filter(one => !settled.has(one.id))
    .map(one => {
      const edits = changes.filter(each => each.caseId === one.case)
      const fields = one.stands ? { [one.field]: one.stands } : {}
      const ours = edits.map(each => ({ ...each, edits: each.edits.filter(edit => edit.field === one.field) }))
      return { ...one, stands: named(overlay(fields, ours).fields, kept)[one.field] ?? null }
    })
}

/** As the screening that was finished here says: what the server will take for the first version. */
async function recordedHere(kept: Kept, caseId: string): Promise<IdentityRecord | undefined> {
  const found = (await kept.finished<Recorded>('screening.record')).find(one => one.body.case === caseId)
  if (!found) return undefined
  const said = { version: 'v1', by: kept.me.account, byName: kept.me.name, at: found.madeAt }
  const known = Object.entries(found.body.identity).filter(([, value]) => value !== undefined)
  return {
    case: caseId,
    reference: `…${caseId.slice(-4).toUpperCase()}`,
    child: found.body.child !== 'no',
    version: 1,
    fields: Object.fromEntries(known.map(([name, value]) => [name, { value, ...said }])),
    conflicts: 0,
    open: true,
  }
}
