import { demonstration } from '#platform/auth/contract.ts'
import { accountId, type PersonKey } from '../../tools/demonstration/people.ts'
import { type Caller, callerBy, type Fetch } from './harness.ts'

/** Somebody of the demonstration country who works without a screen. */
export interface Connected {
  /** Calls an operation as this person; commands get a fresh key unless one is given. */
  readonly call: Caller
  /** A raw request as this person. */
  readonly fetch: Fetch
}

/**
 * People of the demonstration country over the network, signed in as browsers do.
 * @param origin of a running program's staff app
 * @param patience ms for each request
 */
export const overNetwork = (origin: string, patience = 30_000) => ({
  async as(key: PersonKey): Promise<Connected> {
    const entered = await fetch(`${origin}/api${demonstration.signIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: accountId(key) }),
    })
    if (entered.status !== 200) throw new Error(`sign-in: ${entered.status} ${await entered.text()}`)
    const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
    const fetchAs: Fetch = (path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookie)
      return fetch(`${origin}${path}`, { ...init, headers, signal: AbortSignal.timeout(patience) })
    }
    return { call: callerBy(fetchAs, 'en'), fetch: fetchAs }
  },
})
