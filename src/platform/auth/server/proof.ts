import type { Config } from '../../config/config.ts'
import { equal } from '../../crypto/hash.ts'
import type { Keys } from '../../crypto/keys.ts'
import { isOutdated } from '../../crypto/password.ts'
import type { Tx } from '../../db/context.ts'
import type { Session } from '../../http/session.ts'
import { Problem } from '../../problem/problem.ts'
import type { Assertion } from '../contract.ts'
import { checkAssertion, isHandleOf } from './passkeys.ts'
import { hashOf, isPassword, isTotpCode, recoveryHash, totpStep } from './secrets.ts'
import { countPasskeyUse, findPasskey, recoveryHashes, rehash, spendRecoveryCode, spendTotpStep } from './store.ts'

/** What is kept of an account's password and authenticator. */
export interface Kept {
  readonly hash: string
  readonly totp: Buffer
  readonly totp_step: number
}

let checking = 0

/**
 * Whether password and second factor are both right; the factor is then used up. An account that does not exist, or has
 * no password, costs the same work. Which of the two was wrong is not told.
 * @param most checks of this process at the same time: each holds a connection of the pool while it computes
 * @throws Problem busy
 */
export async function provePassword(
  tx: Tx,
  keys: Keys,
  account: { id: string; kept: Kept | undefined },
  given: { password: string; code: string },
  now: Date,
  most: number,
): Promise<boolean> {
  if (checking >= most) throw new Problem('busy')
  checking += 1
  try {
    const right = await isPassword(account.kept?.hash, given.password)
    const use = await secondFactor(tx, keys, account, given.code, now)
    if (!right || !account.kept || !use || !(await use())) return false
    if (isOutdated(account.kept.hash)) await rehash(tx, account.id, await hashOf(given.password))
    return true
  } finally {
    checking -= 1
  }
}

/** How to use up the second factor if it is right. It is looked at whether or not the password was. */
async function secondFactor(
  tx: Tx,
  keys: Keys,
  { id, kept }: { id: string; kept: Kept | undefined },
  code: string,
  now: Date,
): Promise<(() => Promise<boolean>) | undefined> {
  if (isTotpCode(code)) {
    const step = totpStep(keys, id, kept, code, now)
    return step === undefined ? undefined : () => spendTotpStep(tx, id, step)
  }
  const typed = recoveryHash(keys, code)
  const found = (await recoveryHashes(tx, id)).filter(one => equal(one, typed))[0]
  return found && (() => spendRecoveryCode(tx, id, found))
}

/** The account whose passkey answered the challenge; undefined when anything is wrong. */
export async function provePasskey(
  tx: Tx,
  config: Config,
  challenge: string,
  response: Assertion,
): Promise<string | undefined> {
  const passkey = await findPasskey(tx, Buffer.from(response.id, 'base64url'))
  if (passkey?.status !== 'active') return undefined
  if (!isHandleOf(response.response.userHandle, passkey.account_id)) return undefined
  const counter = await checkAssertion(config, response, challenge, passkey)
  if (counter === undefined) return undefined
  await countPasskeyUse(tx, passkey.credential_id, counter)
  return passkey.account_id
}

/**
 * For what changes the ways in; holds for people without a role, too.
 * @throws Problem step-up-needed
 */
export function checkProof(session: Session, now: Date, seconds = 300): void {
  if (now.getTime() - session.provenAt.getTime() > seconds * 1000) throw new Problem('step-up-needed')
}

/** The session of a signed-in operation: the kit has refused everybody without one. */
export function sessionOf(context: { readonly session: Session | undefined }): Session {
  if (!context.session) throw new Problem('not-signed-in')
  return context.session
}
