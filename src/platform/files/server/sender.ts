import type { Context } from 'hono'
import type { AuditEvent } from '../../audit/event.ts'
import { eventInsert } from '../../audit/record.ts'
import { hashToken } from '../../crypto/hash.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { openText, statementOf, Tx } from '../../db/context.ts'
import { fenceFor, fenceOf } from '../../http/fence.ts'
import { remoteOf } from '../../http/input.ts'
import { checkSameOrigin } from '../../http/security.ts'
import type { Services } from '../../http/services.ts'
import { findSession, tokenOf } from '../../http/session.ts'
import type { Compartment } from '../../policy/compartments.ts'
import type { Purpose, Role } from '../../policy/roles.ts'
import { Problem } from '../../problem/problem.ts'
import { identify } from '../../sync/server/identify.ts'

/** Whose file it is, and what it came by. */
export interface Sender {
  readonly account: string
  readonly device: string | null
  readonly role: string
  readonly organisation: string | null
}
/** Roles that attach anything, to a case or a lead; with a device's credential its owner's role was asked when it was registered. */
const attaches: ReadonlySet<Role> = new Set<Role>(['officer', 'intake', 'coordinator', 'provider', 'investigator'])

/**
 * Work in one short transaction as whoever sends a file: by the device's credential, also when it is locked, or by a
 * session. A revoked device may still send what its owner finished: it goes nowhere before a person has looked at the
 * command that belongs to it.
 * @throws Problem not-signed-in, slow-down, cross-site, not-found
 */
export async function asSender<T>(
  c: Context,
  services: Services,
  work: (tx: Tx, sender: Sender) => Promise<T>,
): Promise<T> {
  const authorization = c.req.header('authorization')
  if (!authorization) checkSameOrigin(c.req.raw, services.config.staffOrigin)
  const client = await services.pool.connect()
  let broken: Error | undefined
  try {
    const tx = new Tx(client)
    let sender: Sender
    if (authorization) {
      await client.query(openText(fenceFor({ signIn: true }, undefined), true))
      const remote = remoteOf(c, services.config.trustProxy)
      const device = await identify('files.send', { tx, authorization, remote, services, now: services.now() })
      sender = {
        account: device.account_id,
        device: device.id,
        role: device.role ?? 'none',
        organisation: device.organisation_id,
      }
    } else {
      const token = tokenOf(c)
      if (!token) throw new Problem('not-signed-in')
      const { session: limits, mode } = services.config
      const session = await findSession(client, hashToken(token), limits.idleMinutes, mode)
      if (!session) throw new Problem('not-signed-in')
      const { actor } = session
      if (!actor || !attaches.has(actor.role)) throw new Problem('not-found')
      await client.query(openText(fenceOf(actor), true))
      sender = { account: actor.user, device: null, role: actor.role, organisation: actor.organisation }
    }
    const result = await work(tx, sender)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(lost => {
      broken = lost as Error
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** What is written down of a file: ids and codes. */
export interface FileNote {
  readonly event: string
  readonly case?: string
  readonly basis?: string
  readonly compartment?: Compartment
  readonly purpose?: Purpose
  readonly reason?: string
}
/** What happened to a file, in the transaction of the change. */
export async function noteFile(tx: Tx, services: Services, sender: Sender, what: FileNote): Promise<void> {
  const now = services.now()
  const event: AuditEvent = {
    id: uuidv7(now.getTime()),
    at: now.toISOString(),
    actor: sender.account,
    role: sender.role,
    organisation: sender.organisation,
    operation: 'files.send',
    event: what.event,
    case: what.case ?? null,
    compartments: what.compartment ? [what.compartment] : [],
    purpose: what.purpose ?? 'assistance',
    basis: what.basis ?? null,
    outcome: 'done',
    request: uuidv7(),
    ...(sender.device ? { device: sender.device } : {}),
    ...(what.reason ? { reason: what.reason } : {}),
  }
  const { text, values } = eventInsert(event)
  await tx.insert(statementOf(text, values))
}
