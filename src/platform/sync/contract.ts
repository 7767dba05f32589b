import * as z from 'zod/mini'
import { command, query } from '../contract/operation.ts'
import { code, id, instant, line, page, paging } from '../contract/shapes.ts'
import { purposes } from '../policy/roles.ts'

// Phones that work without signal: who may hand in what was finished, what became of it, and what a phone keeps a copy of.

/** A person may have so many phones at once. */
export const mostDevices = 3
/** After so many days without contact a phone destroys the key of what it keeps; never what it has still to send. */
export const daysWithoutContact = 14
/** A phone keeps at most so many records of a kind, newest first. */
export const mostKept = 200
/** One reading answers at most so many records. */
export const mostRows = 50

const base64url = (max: number) =>
  z.string().check(z.minLength(1, 'required'), z.maxLength(max, 'too-long'), z.regex(/^[A-Za-z0-9_-]+$/, 'wrong'))

/** Characters of the mark of a record. */
export const markLength = 12

/** What a phone says in `Authorization` when it hands in a parcel: it has no session then. */
export const credentialHeader = (device: string, secret: string): string => `Device ${device}.${secret}`

export const Device = z.object({
  id: id(),
  label: z.string(),
  madeAt: instant(),
  seenAt: instant(),
  revokedAt: z.nullable(instant()),
})
export type Device = z.infer<typeof Device>

/**
 * What became of a parcel. `done`: now or before; forget it. `refused`: see code and fields; edit it and send it again,
 * under the same id (unless the code is `bad-key`: then another version was done, and this one needs an id of its own).
 * `quarantined`: a person looks at it, or has; forget it. `discarded` is told to whoever looked, never to a phone.
 */
export const parcelStates = ['done', 'refused', 'quarantined', 'discarded'] as const
export type ParcelState = (typeof parcelStates)[number]

/** Codes of our own, beside those of every problem: why a parcel was not even tried, or waits. */
export const parcelCodes = ['unreadable', 'signature', 'other-maker', 'not-offline', 'revoked', 'no-role'] as const
export type ParcelCode = (typeof parcelCodes)[number]

export const FieldCode = z.object({ field: z.string(), code: z.string() })
export const ParcelAnswer = z.object({
  id: id(),
  state: z.enum(parcelStates),
  code: z.optional(z.string()),
  fields: z.optional(z.array(FieldCode)),
})
export type ParcelAnswer = z.infer<typeof ParcelAnswer>

/** A parcel that waits for a person: who, when, which operation. Never what stands in it. */
export const Quarantined = z.object({
  id: id(),
  device: id(),
  maker: z.object({ id: id(), name: z.string() }),
  operation: z.nullable(z.string()),
  code: z.string(),
  receivedAt: instant(),
})
export type Quarantined = z.infer<typeof Quarantined>

const own = ['self', ...purposes.filter(one => one !== 'self')] as const
const aDevice = z.object({ device: id() })
const aParcel = z.object({ device: id(), parcel: id() })
const welcome = z.enum(['welcome', 'revoked'])

export const sync = {
  /** Makes this browser one of the person's phones. The credential is shown this once. */
  register: command({
    id: 'sync.register',
    path: '/devices',
    body: z.strictObject({
      id: id(),
      label: line(60),
      /** P-256 in SPKI: what the phone signs its parcels with while it is unlocked. */
      publicKey: base64url(200),
    }),
    reply: z.object({
      id: id(),
      /** 256 random bits; sent as `Device <id>.<credential>`. */
      credential: z.string(),
      /** Whom parcels are sealed to (age). */
      recipient: z.string(),
      /** What a parcel names as its maker. */
      account: id(),
      assignment: id(),
      days: z.number(),
    }),
    access: 'device.register',
    audit: 'device.registered',
    purpose: ['identification'],
    stepUp: 300,
    // A kept answer would keep the credential.
    idempotent: false,
  }),
  listDevices: query({
    id: 'sync.listDevices',
    path: '/devices',
    reply: z.object({ items: z.array(Device) }),
    access: 'signed-in',
    audit: { none: 'a person reads which phones are their own' },
    purpose: own,
  }),
  revoke: command({
    id: 'sync.revoke',
    method: 'DELETE',
    path: '/devices/{device}',
    params: aDevice,
    body: null,
    reply: null,
    access: 'signed-in',
    audit: 'device.revoked',
    purpose: own,
  }),
  listOfAccount: query({
    id: 'sync.listOfAccount',
    path: '/accounts/{account}/devices',
    params: z.object({ account: id() }),
    reply: z.object({ items: z.array(Device) }),
    access: 'device.list-of',
    audit: 'device.listed',
    purpose: ['administration'],
  }),
  revokeOf: command({
    id: 'sync.revokeOf',
    method: 'DELETE',
    path: '/accounts/{account}/devices/{device}',
    params: z.object({ account: id(), device: id() }),
    body: null,
    reply: null,
    access: 'device.revoke-of',
    audit: 'device.revoked',
    purpose: ['administration'],
  }),
  /**
   * Asked with the device's credential, also while it is locked. `revoked`: ended, or its owner's role is over. A phone
   * that says its salt is told what it may keep, as marks that only name what it has already (`marks.ts`).
   */
  hello: command({
    id: 'sync.hello',
    path: '/sync/hello',
    body: z.strictObject({
      salt: z.optional(base64url(60)),
      /** The cursor that it was told last: while that holds, there are no marks. */
      known: z.optional(base64url(60)),
    }),
    reply: z.object({
      state: welcome,
      now: instant(),
      days: z.number(),
      cursor: z.optional(z.string()),
      /** One after the other, {@link markLength} characters each. */
      marks: z.optional(z.string()),
    }),
    access: 'public',
    audit: {
      none: 'a phone asks whether it is still welcome and which of its records it must forget; it is told no other',
    },
    purpose: ['self'],
    idempotent: false,
  }),
  /** Hands in one parcel with the device's credential. It is done as its maker, through the steps of every request. */
  deliver: command({
    id: 'sync.deliver',
    path: '/sync/parcels',
    body: z.strictObject({ id: id(), sealed: base64url(720_000) }),
    reply: ParcelAnswer,
    access: 'public',
    audit: 'device.parcel-delivered',
    purpose: ['self'],
    // The parcel's own id does that: the same parcel twice is one parcel.
    idempotent: false,
  }),
  listQuarantine: query({
    id: 'sync.listQuarantine',
    path: '/sync/quarantine',
    query: z.object({ ...paging }),
    reply: page(Quarantined),
    access: 'parcel.list',
    audit: 'device.quarantine-listed',
    purpose: ['oversight'],
  }),
  release: command({
    id: 'sync.release',
    path: '/sync/quarantine/{device}/{parcel}/release',
    params: aParcel,
    body: null,
    reply: ParcelAnswer,
    access: 'parcel.release',
    audit: 'device.parcel-released',
    purpose: ['oversight'],
    stepUp: 300,
  }),
  discard: command({
    id: 'sync.discard',
    path: '/sync/quarantine/{device}/{parcel}/discard',
    params: aParcel,
    body: null,
    reply: ParcelAnswer,
    access: 'parcel.discard',
    audit: 'device.parcel-discarded',
    purpose: ['oversight'],
    stepUp: 300,
  }),
  /**
   * What a phone may keep: every record that is still visible, with its version. What is not among them leaves the
   * phone; what is new or has another version is asked for with `rows`. With the cursor of an answer that still holds,
   * there is no list: nothing changed.
   */
  pull: query({
    id: 'sync.pull',
    path: '/sync/pull',
    query: z.object({ device: id(), cursor: z.optional(base64url(60)) }),
    reply: z.object({
      state: welcome,
      now: instant(),
      cursor: z.optional(z.string()),
      /** By kind: id, version, and the case it belongs to. */
      visible: z.optional(z.record(z.string(), z.array(z.tuple([id(), z.string(), z.nullable(id())])))),
    }),
    access: 'record.pull',
    audit: 'device.pulled',
    purpose: ['identification', 'assistance'],
  }),
  /** The records themselves, each as its own reading answers it; one that is no longer visible is left out. */
  rows: query({
    id: 'sync.rows',
    path: '/sync/rows',
    query: z.object({
      device: id(),
      kind: code(),
      /** Up to 50 ids with commas between. */
      ids: z
        .string()
        .check(
          z.maxLength(mostRows * 37 - 1, 'too-long'),
          z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(,[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})*$/, 'id'),
        ),
    }),
    reply: z.object({
      state: welcome,
      items: z.array(z.object({ id: id(), version: z.string(), record: z.unknown() })),
    }),
    access: 'record.pull-rows',
    audit: 'device.rows-pulled',
    purpose: ['identification', 'assistance'],
  }),
}
