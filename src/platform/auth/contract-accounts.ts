import * as z from 'zod/mini'
import { command, query } from '../contract/operation.ts'
import { email, id, instant, line, newId, page, paging } from '../contract/shapes.ts'
import {
  Account,
  Assignment,
  account,
  accountStatuses,
  inCharge,
  Link,
  language,
  refusals,
  role,
} from './contract-shapes.ts'

const assignment = { organisation: id(), role: role(), until: z.optional(instant()) }

/** Other people's accounts. */
export const accounts = {
  listAccounts: query({
    id: 'auth.listAccounts',
    path: '/accounts',
    query: z.object({
      ...paging,
      search: z.optional(line(80)),
      role: z.optional(role()),
      status: z.optional(z.enum(accountStatuses)),
      organisation: z.optional(id()),
    }),
    reply: page(Account),
    access: 'account.list',
    audit: 'account.listed',
    purpose: inCharge,
  }),
  getAccount: query({
    id: 'auth.getAccount',
    path: '/accounts/{account}',
    params: account,
    reply: z.object({
      ...Account.shape,
      createdAt: instant(),
      /** Also those that have ended; `until` then lies in the past. */
      assignments: z.array(
        z.object({
          ...Assignment.shape,
          live: z.boolean(),
          /** Who asked for it and who confirmed it, where somebody did; the operator's and earlier ones name nobody. */
          askedBy: z.nullable(z.string()),
          confirmedBy: z.nullable(z.string()),
          refused: z.nullable(z.enum(refusals)),
          /** Whether this reader may be the second person. */
          answerable: z.boolean(),
        }),
      ),
      invitation: z.nullable(z.object({ expiresAt: instant() })),
      recovery: z.nullable(z.object({ id: id(), askedAt: instant(), askedBy: z.string(), confirmed: z.boolean() })),
      sessions: z.number(),
    }),
    access: 'account.read',
    audit: 'account.read',
    purpose: inCharge,
  }),
  invite: command({
    id: 'auth.invite',
    path: '/accounts',
    body: z.strictObject({
      id: newId(),
      name: line(120),
      email: email(),
      language: language(),
      assignment: z.strictObject(assignment),
    }),
    reply: Link,
    access: 'account.invite',
    audit: 'account.invited',
    purpose: ['administration'],
    stepUp: 300,
  }),
  renewInvitation: command({
    id: 'auth.renewInvitation',
    path: '/accounts/{account}/invitation',
    params: account,
    body: null,
    reply: Link,
    access: 'account.renew-invitation',
    audit: 'account.invitation-renewed',
    purpose: ['administration'],
    stepUp: 300,
  }),
  grant: command({
    id: 'auth.grant',
    path: '/accounts/{account}/assignments',
    params: account,
    body: z.strictObject({ id: newId(), ...assignment }),
    /** `waiting`: a second person has to confirm it first. */
    reply: z.object({ id: id(), waiting: z.boolean() }),
    access: 'account.grant',
    audit: 'account.granted',
    purpose: ['administration'],
    stepUp: 300,
  }),
  listWaiting: query({
    id: 'auth.listWaiting',
    path: '/assignments/waiting',
    reply: z.object({
      items: z.array(
        z.object({
          ...Assignment.shape,
          account: z.object({ id: id(), name: z.string(), status: z.enum(accountStatuses) }),
          askedAt: instant(),
          askedBy: z.string(),
          /** Whether this reader may be the second person. */
          answerable: z.boolean(),
        }),
      ),
      /** Administrators of the country who can come in: with one alone nobody else can confirm. */
      administrators: z.number(),
    }),
    access: 'account.list-waiting',
    audit: { none: 'which roles wait for a second person' },
    purpose: inCharge,
  }),
  confirmAssignment: command({
    id: 'auth.confirmAssignment',
    path: '/assignments/{assignment}/confirm',
    params: z.object({ assignment: id() }),
    body: null,
    reply: null,
    access: 'account.confirm-assignment',
    audit: 'account.assignment-confirmed',
    purpose: inCharge,
    stepUp: 300,
  }),
  refuseAssignment: command({
    id: 'auth.refuseAssignment',
    path: '/assignments/{assignment}/refuse',
    params: z.object({ assignment: id() }),
    body: z.strictObject({ reason: z.enum(refusals) }),
    reply: null,
    access: 'account.refuse-assignment',
    audit: 'account.assignment-refused',
    purpose: inCharge,
  }),
  endAssignment: command({
    id: 'auth.endAssignment',
    method: 'DELETE',
    path: '/accounts/{account}/assignments/{assignment}',
    params: z.object({ account: id(), assignment: id() }),
    body: null,
    reply: null,
    access: 'account.end-assignment',
    audit: 'account.assignment-ended',
    purpose: ['administration'],
  }),
  disableAccount: command({
    id: 'auth.disableAccount',
    path: '/accounts/{account}/disable',
    params: account,
    body: null,
    reply: null,
    access: 'account.disable',
    audit: 'account.disabled',
    purpose: ['administration'],
  }),
  endAccountSessions: command({
    id: 'auth.endAccountSessions',
    path: '/accounts/{account}/end-sessions',
    params: account,
    body: null,
    reply: z.object({ ended: z.number() }),
    access: 'account.end-sessions',
    audit: 'account.sessions-ended',
    purpose: ['administration'],
  }),
  askRecovery: command({
    id: 'auth.askRecovery',
    path: '/accounts/{account}/recovery',
    params: account,
    body: null,
    reply: z.object({ id: id() }),
    access: 'account.ask-recovery',
    audit: 'account.recovery-asked',
    purpose: inCharge,
  }),
  listRecoveries: query({
    id: 'auth.listRecoveries',
    path: '/recoveries',
    reply: z.object({
      items: z.array(
        z.object({
          id: id(),
          account: z.object({ id: id(), name: z.string() }),
          askedAt: instant(),
          askedBy: z.string(),
          /** Whether this reader may be the second person. */
          confirmable: z.boolean(),
        }),
      ),
    }),
    access: 'account.list-recoveries',
    audit: { none: 'which accounts wait for a second person' },
    purpose: inCharge,
  }),
  confirmRecovery: command({
    id: 'auth.confirmRecovery',
    path: '/recoveries/{recovery}/confirm',
    params: z.object({ recovery: id() }),
    body: null,
    reply: Link,
    access: 'account.confirm-recovery',
    audit: 'account.recovery-confirmed',
    purpose: inCharge,
    stepUp: 300,
  }),
}
