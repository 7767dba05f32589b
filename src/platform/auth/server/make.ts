import { Readable } from 'node:stream'
import { type Harness, startHarness } from '../../../../tests/harness/harness.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { staffApp } from '../../http/app.ts'
import { cookieName } from '../../http/session.ts'
import { purposesOf, type Role } from '../../policy/roles.ts'
import { codeAt, goodPassword, invitee } from '../make.ts'

// For specs: requests that come from an address, and people who came in by themselves.

export interface Answered {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: specs say what they expect of it
  body: any
  /** The session token set by this answer; null when it was cleared. */
  token: string | null | undefined
}
export interface Asking {
  method?: string
  body?: unknown
  token?: string | undefined
  remote?: string
  headers?: Record<string, string>
}

export interface AuthHarness extends Harness {
  /** A raw request from an address; commands get a fresh key. */
  readonly ask: (path: string, asking?: Asking) => Promise<Answered>
}

/** The harness with requests that come from an address and keep no cookie by themselves. */
export async function startAuthHarness(change: Parameters<typeof startHarness>[0] = {}): Promise<AuthHarness> {
  const harness = await startHarness(change)
  const app = staffApp(harness.services, harness.bindings, 'no-build', 'test')
  const ask = async (path: string, asking: Asking = {}): Promise<Answered> => {
    const { method = 'POST', body, token, remote = '127.0.0.1', headers = {} } = asking
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const response = await app.request(
      `${harness.services.config.staffOrigin}/api${path}`,
      {
        method,
        headers: {
          host: new URL(harness.services.config.staffOrigin).host,
          'content-type': 'application/json',
          'idempotency-key': uuidv7(),
          ...(token ? { cookie: `${cookieName}=${token}` } : {}),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      },
      // What the server's adapter hands over: the stream of the body, and who sent it.
      {
        incoming: Object.assign(Readable.from(sent ? [Buffer.from(sent)] : []), { socket: { remoteAddress: remote } }),
      },
    )
    const set = response.headers.get('set-cookie')
    const found = set?.match(new RegExp(`^${cookieName}=([^;]*)`))?.[1]
    return {
      status: response.status,
      body: response.status === 204 ? undefined : await response.json(),
      token: set === null ? undefined : found || null,
    }
  }
  return { ...harness, ask }
}

export interface Newcomer {
  account: string
  email: string
  secret: string
  recoveryCodes: string[]
  device: string
  token: string
}

/** What an administrator sees of somebody's newest assignment. */
export async function newestAssignment(harness: AuthHarness, account: string) {
  const token = (await harness.as('odette')).cookie.split('=')[1]
  const { body } = await harness.ask(`/accounts/${account}`, { method: 'GET', token })
  return body.assignments.at(-1)
}

/** The second administrator confirms somebody's newest assignment. */
export async function confirmNewest(harness: AuthHarness, account: string): Promise<string> {
  const { id } = await newestAssignment(harness, account)
  const token = (await harness.as('hollis')).cookie.split('=')[1]
  const { status, body } = await harness.ask(`/assignments/${id}/confirm`, { token })
  if (status !== 204) throw new Error(`not confirmed: ${JSON.stringify(body)}`)
  return id
}

/**
 * Invites somebody, brings them in with a password, at the harness's clock, and to work: confirmed by a second
 * administrator, in their role.
 */
export async function newcomer(harness: AuthHarness, over: Record<string, unknown> = {}): Promise<Newcomer> {
  const odette = await harness.as('odette')
  const person = invitee(odette.organisation, over)
  const token = odette.cookie.split('=')[1]
  const invited = await harness.ask('/accounts', { body: person, token })
  if (invited.status !== 200) throw new Error(`not invited: ${JSON.stringify(invited.body)}`)
  const begun = await harness.ask('/auth/invitation/begin', { body: { token: invited.body.token } })
  const { secret } = begun.body.authenticator
  const finished = await harness.ask('/auth/invitation/finish', {
    body: {
      token: invited.body.token,
      challenge: begun.body.challenge,
      password: goodPassword,
      code: codeAt(secret, harness.services.now()),
    },
  })
  if (finished.status !== 200) throw new Error(`did not come in: ${JSON.stringify(finished.body)}`)
  const { recoveryCodes, device } = finished.body
  if (!finished.body.activated) {
    const assignment = await confirmNewest(harness, person.id)
    const { role } = person.assignment as { role: Role }
    const body = { assignment, purpose: purposesOf[role][0] }
    const activated = await harness.ask('/auth/activate', { body, token: finished.token! })
    if (activated.status !== 200) throw new Error(`has no role: ${JSON.stringify(activated.body)}`)
    finished.token = activated.token
  }
  return { account: person.id, email: person.email, secret, recoveryCodes, device, token: finished.token! }
}
