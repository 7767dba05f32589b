import { Encrypter } from 'age-encryption'
import { consent } from '#capabilities/consent/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { Harness, Persona } from '../../../tests/harness/harness.ts'
import { screeningBody } from '../../../tests/harness/make.ts'
import { subtle } from '../crypto/parcel-key.ts'
import { uuidv7 } from '../crypto/random.ts'
import { credentialHeader, type ParcelAnswer, sync } from './contract.ts'
import { encodeParcel, type Json, type ParcelContent } from './parcel-format.ts'

/** One phone of a test: what a real one keeps after it was registered. */
export interface Phone {
  readonly id: string
  readonly credential: string
  readonly recipient: string
  readonly keys: CryptoKeyPair
  /** A signed parcel, not yet sealed. */
  readonly content: (operation: string, body: Json, change?: Partial<ParcelContent>) => ParcelContent
  readonly seal: (content: ParcelContent, by?: CryptoKey) => Promise<Sealed>
  readonly screening: (change?: Parameters<typeof screeningBody>[0], by?: Partial<ParcelContent>) => Promise<Sealed>
}
export interface Sealed {
  readonly id: string
  readonly sealed: string
  readonly content: ParcelContent
}

const p256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const signingKeys = () => subtle.generateKey(p256, false, ['sign', 'verify']) as Promise<CryptoKeyPair>
export const spkiOf = async ({ publicKey }: CryptoKeyPair): Promise<string> =>
  Buffer.from(await subtle.exportKey('spki', publicKey)).toString('base64url')

export async function sealTo(recipient: string, bytes: Uint8Array): Promise<string> {
  const sealer = new Encrypter()
  sealer.addRecipient(recipient)
  return Buffer.from(await sealer.encrypt(bytes)).toString('base64url')
}

export async function newPhone(persona: Persona, label = 'phone'): Promise<Phone> {
  const keys = await signingKeys()
  const id = uuidv7()
  const made = await persona.call(sync.register, { body: { id, label, publicKey: await spkiOf(keys) } })
  const content: Phone['content'] = (operation, body, change = {}) => ({
    format: 1,
    operation,
    params: {},
    body,
    key: uuidv7(),
    account: made.account,
    assignment: made.assignment,
    purpose: 'identification',
    madeAt: new Date().toISOString(),
    ...change,
  })
  const seal: Phone['seal'] = async (one, by = keys.privateKey) => ({
    id: one.key,
    sealed: await sealTo(made.recipient, await encodeParcel(subtle, by, one)),
    content: one,
  })
  return {
    id,
    credential: made.credential,
    recipient: made.recipient,
    keys,
    content,
    seal,
    screening: (change, by) => seal(content(screening.record.id, screeningBody(change) as unknown as Json, by)),
  }
}

/** A parcel's own parts that tests name: the ids inside its screening. */
export const idsOf = ({ content }: Sealed) => content.body as unknown as { id: string; case: string }
export const consentParcel = (phone: Phone, caseId: string, body: object): Promise<Sealed> =>
  phone.seal(phone.content(consent.give.id, body as Json, { params: { case: caseId } }))

export interface Delivered {
  readonly status: number
  readonly body: ParcelAnswer & { code?: string }
}
/** Hands in a parcel as a phone does: no cookie, its credential only. */
export async function deliver(
  harness: Harness,
  phone: { readonly id: string; readonly credential: string },
  { id, sealed }: { readonly id: string; readonly sealed: string },
): Promise<Delivered> {
  const response = await harness.fetch('/api/sync/parcels', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: credentialHeader(phone.id, phone.credential) },
    body: JSON.stringify({ id, sealed }),
  })
  return { status: response.status, body: (await response.json()) as Delivered['body'] }
}
export async function hello(
  harness: Harness,
  authorization: string | undefined,
  body: { readonly salt?: string; readonly known?: string } = {},
): Promise<{ status: number; text: string }> {
  const response = await harness.fetch('/api/sync/hello', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify(body),
  })
  return { status: response.status, text: await response.text() }
}
