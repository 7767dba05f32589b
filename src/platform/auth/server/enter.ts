import { hashToken } from '../../crypto/hash.ts'
import { token, uuidv7 } from '../../crypto/random.ts'
import type { Tx } from '../../db/context.ts'
import type { Services } from '../../http/services.ts'
import { purposesOf } from '../../policy/roles.ts'
import { insertDevice, insertSession, knowsDevice, liveAssignments, touchDevice } from './store.ts'

interface Entrance {
  readonly tx: Tx
  readonly services: Services
  readonly now: Date
  readonly setSession: (token: string | null) => void
}
interface Browser {
  readonly device?: string | undefined
  readonly deviceName?: string | undefined
}
export interface Entered {
  account: string
  activated: boolean
  device?: string
}

/**
 * Opens a session with a token nobody has seen before (so that none can be planted), in the one role of a person who
 * has just one. A browser not seen before gets a token of its own to keep.
 */
export async function enter(
  { tx, services, now, setSession }: Entrance,
  account: string,
  browser: Browser,
  demonstration = false,
): Promise<Entered> {
  const assignments = await liveAssignments(tx, account)
  const only = assignments.length === 1 ? assignments[0] : undefined
  const secret = token()
  await insertSession(tx, {
    id: uuidv7(),
    token_hash: hashToken(secret),
    account_id: account,
    assignment_id: only?.id ?? null,
    purpose: only ? purposesOf[only.role][0] : null,
    proven_at: now,
    device: browser.deviceName ?? '',
    demonstration,
    hours: services.config.session.absoluteHours,
  })
  setSession(secret)
  const device = demonstration ? undefined : await remember(tx, account, browser.device)
  return { account, activated: only !== undefined, ...(device ? { device } : {}) }
}

/** The new token of a browser that had none for this account. */
async function remember(tx: Tx, account: string, known: string | undefined): Promise<string | undefined> {
  if (known && (await knowsDevice(tx, account, hashToken(known)))) {
    await touchDevice(tx, hashToken(known))
    return undefined
  }
  const fresh = token()
  await insertDevice(tx, account, hashToken(fresh))
  return fresh
}
