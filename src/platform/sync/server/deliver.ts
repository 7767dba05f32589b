import { sha256 } from '../../crypto/hash.ts'
import type { Tx } from '../../db/context.ts'
import { handle } from '../../http/handle.ts'
import { mayWait } from '../../http/others.ts'
import { Problem } from '../../problem/problem.ts'
import { type ParcelAnswer, sync } from '../contract.ts'
import { policy } from '../policy.ts'
import { identify } from './identify.ts'
import { codesOf, deedOf, hasRole, openParcel } from './parcel.ts'
import * as store from './store.ts'

/** Parcels of one device that are kept because they are not done: a thief must not fill the disk. */
const mostKeptParcels = 200

/**
 * Takes one parcel. Done at once, it is forgotten but for its hash; refused or quarantined, it is kept sealed as it came.
 * What the device's revocation overtook waits for a person: it may be a survivor's story, and is never thrown away here.
 */
export const deliver = handle(sync.deliver, policy, {
  signIn: true,
  run: async (context): Promise<ParcelAnswer> => {
    const { tx, input, services, others, note } = context
    const { id } = input.body
    const device = await identify('sync.deliver', context)
    note({ account: device.account_id, device: device.id, ids: [id] })
    const sealed = Buffer.from(input.body.sealed, 'base64url')
    const sum = sha256(sealed)
    const before = await store.findParcel(tx, device.id, id)
    if (before?.state === 'done' || before?.state === 'discarded') {
      const same = before.sha256.equals(sum)
      note({ reason: same ? 'again' : 'bad-key' })
      // Another parcel under the id of one that was done is never done in its place, nor passed off as done.
      if (!same) return { id, state: 'refused', code: 'bad-key', fields: [{ field: 'id', code: 'used' }] }
      return { id, state: before.state === 'done' ? 'done' : 'quarantined' }
    }
    // Its phone was told that a person looks at it and has forgotten it: it waits on until they do, or it is done after all.
    const waits = before?.state === 'quarantined'
    if (waits && !before.sha256.equals(sum)) {
      note({ reason: 'bad-key' })
      return { id, state: 'quarantined' }
    }
    const answer = (end: Pick<store.NewParcel, 'state' | 'code' | 'fields' | 'operation'>): Promise<ParcelAnswer> => {
      note({ reason: end.code ?? end.state })
      return keep(tx, { ...end, device: device.id, id, sealed: end.state === 'done' ? undefined : sealed, sha256: sum })
    }
    const content = await openParcel(services.keys, device, id, sealed)
    if (typeof content === 'string')
      return answer({ state: 'refused', code: content, fields: [], operation: undefined })
    const found = others.bindings.get(content.operation)?.operation
    const operation = found?.id
    if (!mayWait(found)) return answer({ state: 'refused', code: 'not-offline', fields: [], operation })
    if (device.revoked_at) return answer({ state: 'quarantined', code: 'revoked', fields: [], operation })
    if (!hasRole(device)) return answer({ state: 'quarantined', code: 'no-role', fields: [], operation })
    await store.touch(tx, device.id)
    const problem = await others.perform(deedOf(content, device))
    if (problem) return answer({ state: waits ? 'quarantined' : 'refused', ...codesOf(problem), operation })
    return answer({ state: 'done', code: undefined, fields: [], operation })
  },
})

/** @throws Problem slow-down when too many of this device are kept already */
async function keep(tx: Tx, parcel: store.NewParcel): Promise<ParcelAnswer> {
  if (parcel.sealed && (await store.countKept(tx, parcel.device)) >= mostKeptParcels) {
    const known = await store.findParcel(tx, parcel.device, parcel.id)
    if (!known) throw new Problem('slow-down')
  }
  await store.putParcel(tx, parcel)
  const { id, state, code, fields } = parcel
  return { id, state, ...(code ? { code } : {}), ...(fields.length > 0 ? { fields: [...fields] } : {}) }
}
