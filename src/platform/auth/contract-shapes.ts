import * as z from 'zod/mini'
import { id, instant, line } from '../contract/shapes.ts'
import { purposes, roles } from '../policy/roles.ts'

// What the operations of sign-in and of accounts have in common.

const languages = ['en', 'es'] as const
export const accountStatuses = ['invited', 'active', 'disabled'] as const
/** Why a second person does not confirm a role. */
export const refusals = ['not-known', 'not-their-work', 'wrong-organisation', 'not-needed', 'other'] as const
export type Refusal = (typeof refusals)[number]
export type AccountStatus = (typeof accountStatuses)[number]

export const language = () => z.enum(languages)
export const role = () => z.enum(roles)
export const purpose = () => z.enum(purposes)
/** 32 random bytes in base64url: links and device tokens. */
export const token = () => z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'wrong'))
export const base64url = (max: number) =>
  z.string().check(z.maxLength(max, 'too-long'), z.regex(/^[A-Za-z0-9_-]+$/, 'wrong'))
/** A password as typed: any characters, spaces too. Length is judged where one is chosen, not where one is tried. */
export const password = () => z.string().check(z.minLength(1, 'required'), z.maxLength(200, 'too-long'))

/** What `navigator.credentials.create()` gave, by its toJSON(). Browsers may add members; those are left out. */
export const Registration = z.object({
  id: base64url(1500),
  rawId: base64url(1500),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(60_000),
    transports: z.optional(z.array(line(30)).check(z.maxLength(10, 'too-many'))),
  }),
})
/** What `navigator.credentials.get()` gave, by its toJSON(). */
export const Assertion = z.object({
  id: base64url(1500),
  rawId: base64url(1500),
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(8000),
    signature: base64url(8000),
    userHandle: z.optional(z.nullable(base64url(200))),
  }),
})
export type Registration = z.infer<typeof Registration>
export type Assertion = z.infer<typeof Assertion>

/** Goes as it is into `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export const options = () => z.record(z.string(), z.unknown())

/** A way to prove oneself that is not a passkey: an authenticator app's secret, offered once. `qr` is a data: address for an img. */
export const Authenticator = z.object({ secret: z.string(), uri: z.string(), qr: z.string() })

/** Which browser this is: its token from an earlier sign-in, and what it calls itself (shown in the person's own list). */
export const browser = { device: z.optional(token()), deviceName: z.optional(line(60)) }

/** After a good sign-in. `activated` is false while the person has several roles, or none, to choose from. */
export const SignedIn = z.object({ account: id(), activated: z.boolean(), device: z.optional(token()) })

const OrganisationName = z.object({ id: id(), name: z.string(), kind: z.string() })
export const Assignment = z.object({
  id: id(),
  role: role(),
  organisation: OrganisationName,
  country: z.string(),
  until: z.optional(instant()),
  /** Whether it gives nothing yet: a second person has still to confirm it. */
  waiting: z.boolean(),
})
export type Assignment = z.infer<typeof Assignment>

export const Recovery = z.object({
  askedAt: instant(),
  askedBy: z.string(),
  confirmedBy: z.optional(z.string()),
  usedAt: z.optional(instant()),
})

export const Account = z.object({
  id: id(),
  name: z.string(),
  email: z.string(),
  status: z.enum(accountStatuses),
  assignments: z.array(Assignment),
})
export type Account = z.infer<typeof Account>

/** A link for the administrator to hand over: nothing is sent by e-mail. The token is shown this once. */
export const Link = z.object({ id: id(), link: z.string(), token: token(), expiresAt: instant() })

export const recoveryCodes = z.array(z.string())
export const own = ['self', ...purposes.filter(one => one !== 'self')] as const
export const inCharge = ['administration', 'oversight'] as const
export const account = z.object({ account: id() })
