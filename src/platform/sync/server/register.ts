import { hashToken } from '../../crypto/hash.ts'
import { parcelKeyOf, subtle } from '../../crypto/parcel-key.ts'
import { token } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { Problem } from '../../problem/problem.ts'
import { daysWithoutContact, mostDevices, sync } from '../contract.ts'
import { parcelKey } from '../parcel-format.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const register = handle(sync.register, policy, {
  run: async ({ tx, actor, input: { body }, services, note }) => {
    const publicKey = await readKey(body.publicKey)
    await store.lockDevices(tx, actor.user)
    if ((await store.countLive(tx, actor.user)) >= mostDevices) throw new Problem('too-many-devices')
    const credential = token()
    await store.insertDevice(tx, {
      id: body.id,
      account_id: actor.user,
      assignment_id: actor.assignment,
      organisation_id: actor.organisation,
      country: actor.country,
      label: body.label,
      credential_hash: hashToken(credential),
      public_key: publicKey,
    })
    note({ device: body.id })
    return {
      id: body.id,
      credential,
      recipient: (await parcelKeyOf(services.keys)).recipient,
      account: actor.user,
      assignment: actor.assignment,
      days: daysWithoutContact,
    }
  },
})

/** @throws Problem invalid-input unless it is a point of P-256 */
async function readKey(text: string): Promise<Buffer> {
  const spki = Buffer.from(text, 'base64url')
  const good = await parcelKey(subtle, Uint8Array.from(spki)).then(
    () => spki.length === 91,
    () => false,
  )
  if (!good) throw new Problem('invalid-input', [{ field: 'publicKey', code: 'wrong' }])
  return spki
}
