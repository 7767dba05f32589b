import { applyEdits, type FieldConflict, type Fields } from '#platform/sync/field-edits.ts'
import { markOf, ofCase } from '#platform/sync/marks.ts'
import { type Bytes, decodeParcel, type ParcelContent, parcelKey, verifyParcel } from '#platform/sync/parcel-format.ts'
import type { Delivery } from '../../src/staff/offline/outbox-send.ts'
import { hashOf } from '../../src/staff/offline/parcel.ts'
import type { PulledRow } from '../../src/staff/offline/sync.ts'
import { modelFiles } from './model-files.ts'
import type { Sealing, Server, Work } from './model-server.ts'

interface Case {
  fields: Fields
  version: number
  readonly accounts: Set<string>
}
type Settled = { hash: string; answer: Exclude<Delivery, string> }

/** A server in memory that does what the decision asks of one, and nothing else. */
export function modelServer(sealing: Sealing, time: () => number): Server {
  const { subtle } = globalThis.crypto
  const devices = new Map<string, { account: string; key: CryptoKey; revoked: boolean }>()
  const parcels = new Map<string, Settled>()
  /** Commands that were done, by maker and id. */
  const did = new Map<string, string>()
  const cases = new Map<string, Case>()
  const conflicts = new Map<string, FieldConflict & { record: string; version: number }>()
  const effects = new Map<string, number>()
  const quarantined = new Set<string>()
  const refused = new Set<string>()
  const files = modelFiles(sealing, time)
  let changes = 0
  let strict = true

  const hasEffect = (mark: string) => {
    effects.set(mark, (effects.get(mark) ?? 0) + 1)
    changes++
  }
  function doOnce(content: ParcelContent, hash: string): Exclude<Delivery, string> {
    const command = `${content.account} ${content.key}`
    const before = did.get(command)
    if (before !== undefined)
      return before === hash ? { state: 'done', time: time() } : { state: 'refused', code: 'bad-key', time: time() }
    const code = perform(content)
    if (code) return { state: 'refused', code, fields: [{ field: 'body', code }], time: time() }
    did.set(command, hash)
    return { state: 'done', time: time() }
  }
  function perform({ account, body, key, madeAt }: ParcelContent): string | undefined {
    const work = body as unknown as Work
    if (work.bad && strict) return 'invalid'
    const found = cases.get(work.case)
    if (work.do === 'open') {
      if (found) return 'exists'
      cases.set(work.case, { fields: {}, version: 1, accounts: new Set([account]) })
      hasEffect(work.mark)
      return undefined
    }
    if (!found?.accounts.has(account)) return 'not-found'
    if (work.do === 'attach' && !files.attach(account, work.file, work)) return 'conflict'
    hasEffect(work.mark)
    if (work.do === 'note' || work.do === 'attach') return undefined
    const after = applyEdits(found.fields, work.edits, { version: key, by: account, at: madeAt })
    found.fields = after.fields
    found.version++
    for (const one of after.conflicts)
      conflicts.set(`${key} ${one.field}`, { ...one, record: work.case, version: changes })
    return undefined
  }
  async function open(device: string, bytes: Bytes): Promise<ParcelContent | undefined> {
    try {
      const parcel = decodeParcel(await sealing.open(bytes))
      return await verifyParcel(subtle, devices.get(device)!.key, parcel)
    } catch {
      return undefined
    }
  }
  const mayRead = (account: string, record: string) => cases.get(record)?.accounts.has(account) === true

  const visibleTo = (account: string) => ({
    case: [...cases].filter(([id]) => mayRead(account, id)).map(([id, one]) => [id, String(one.version), id] as const),
    conflict: [...conflicts]
      .filter(([, one]) => mayRead(account, one.record))
      .map(([id, one]) => [id, String(one.version), one.record] as const),
  })

  return {
    files,
    async register(account, device, publicKey) {
      devices.set(device, { account, key: await parcelKey(subtle, publicKey), revoked: false })
      return { recipient: sealing.recipient, credential: `of ${device}` }
    },
    async welcome(device, asking) {
      const { account, revoked } = devices.get(device)!
      if (revoked) return 'revoked'
      const cursor = String(changes)
      if (!asking || asking.known === cursor) return { time: time() }
      const { case: shown, conflict } = visibleTo(account)
      const names = [
        ...shown.flatMap(([id]) => [['case', id] as const, [ofCase, id] as const]),
        ...conflict.map(([id]) => ['conflict', id] as const),
      ]
      const now = time()
      const marks = await Promise.all(names.map(([kind, id]) => markOf(subtle, asking.salt, kind, id)))
      return { time: now, told: { cursor, marks: new Set(marks) } }
    },
    async deliver(device, id, bytes) {
      const hash = await hashOf(subtle, bytes)
      const content = await open(device, bytes)
      // Looked up behind every waiting, as a transaction would: nothing comes between this and what follows.
      const before = parcels.get(`${device} ${id}`)
      const known = devices.get(device)!
      if (before && before.answer.state !== 'refused')
        return before.hash === hash ? before.answer : { state: 'refused', code: 'bad-key', time: time() }
      if (content?.key !== id || content.account !== known.account)
        return { state: 'refused', code: 'unreadable', time: time() }
      const answer = known.revoked ? ({ state: 'quarantined', time: time() } as const) : doOnce(content, hash)
      if (known.revoked) quarantined.add((content.body as unknown as Work).mark)
      if (answer.state === 'refused') refused.add((content.body as unknown as Work).mark)
      parcels.set(`${device} ${id}`, { hash, answer })
      return answer
    },
    async pull(account, device, cursor) {
      if (devices.get(device)!.revoked) return 'revoked'
      const now = String(changes)
      if (cursor === now) return { cursor: now, time: time() }
      return { cursor: now, visible: visibleTo(account), time: time() }
    },
    async rows(account, device, kind, ids) {
      if (devices.get(device)!.revoked) return 'revoked'
      return ids.flatMap((id): PulledRow[] => {
        if (kind === 'case') {
          const found = mayRead(account, id) ? cases.get(id) : undefined
          return found ? [{ id, version: String(found.version), record: structuredClone(found.fields) }] : []
        }
        const found = conflicts.get(id)
        if (!found || !mayRead(account, found.record)) return []
        const { version, record, ...conflict } = found
        return [{ id, version: String(version), record: { ...conflict, record, case: record } }]
      })
    },
    async makeCase(id, accounts, fields) {
      const at = new Date(time()).toISOString()
      const written = Object.entries(fields).map(([field, value]) => [
        field,
        { value, version: 'v0', by: 'office', at },
      ])
      cases.set(id, { fields: Object.fromEntries(written), version: 1, accounts: new Set(accounts) })
      changes++
    },
    async allow(id, account) {
      cases.get(id)?.accounts.add(account)
      changes++
    },
    async forbid(id, account) {
      cases.get(id)?.accounts.delete(account)
      changes++
    },
    async revoke(device) {
      devices.get(device)!.revoked = true
    },
    async rules(next) {
      strict = next
    },
    judged: async () => ({ effects, quarantined, refused, cases, conflicts: [...conflicts.values()] }),
  }
}
