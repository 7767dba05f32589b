import { KeyError } from '../../crypto/key-error.ts'
import type { Keys } from '../../crypto/keys.ts'
import { parcelKeyOf, subtle } from '../../crypto/parcel-key.ts'
import type { Deed, Maker } from '../../http/others.ts'
import type { Role } from '../../policy/roles.ts'
import type { Problem } from '../../problem/problem.ts'
import type { ParcelCode } from '../contract.ts'
import { decodeParcel, type ParcelContent, ParcelFlaw, parcelKey, verifyParcel } from '../parcel-format.ts'
import type { DeviceRow, Known } from './store.ts'

/**
 * Opens a parcel and makes sure that its device signed it for its own maker.
 * @returns what stands in it, or the code of why it is not one
 */
export async function openParcel(
  keys: Keys,
  device: DeviceRow,
  id: string,
  sealed: Uint8Array,
): Promise<ParcelContent | ParcelCode> {
  try {
    const parcel = decodeParcel(await (await parcelKeyOf(keys)).open(sealed))
    const content = await verifyParcel(subtle, await parcelKey(subtle, Uint8Array.from(device.public_key)), parcel)
    if (content.key !== id) return 'unreadable'
    if (content.account !== device.account_id || content.assignment !== device.assignment_id) return 'other-maker'
    return content
  } catch (error) {
    if (error instanceof ParcelFlaw) return error.code === 'signature' ? 'signature' : 'unreadable'
    if (error instanceof KeyError && error.code === 'unreadable') return 'unreadable'
    throw error
  }
}

/** The command in a parcel, to be done as whoever made it, in the role that they hold now. */
export const deedOf = (content: ParcelContent, device: Known & { role: Role }): Deed => ({
  operation: content.operation,
  params: content.params,
  body: content.body,
  version: content.version,
  key: content.key,
  purpose: content.purpose,
  device: device.id,
  maker: makerOf(device),
})
/** Who made what comes from a device, in the role that they hold now. */
export const makerOf = (device: Known & { role: Role }): Maker => ({
  user: device.account_id,
  assignment: device.assignment_id,
  role: device.role,
  organisation: device.organisation_id,
  country: device.country,
})
export const hasRole = (device: Known): device is Known & { role: Role } => device.role !== null

/** A refusal as codes. A field whose name could be anybody's words is only called the body. */
export const codesOf = (problem: Problem) => ({
  code: problem.code,
  fields: problem.fields.map(({ field, code }) => ({
    field: /^[A-Za-z0-9_.-]{1,120}$/.test(field) ? field : 'body',
    code,
  })),
})
