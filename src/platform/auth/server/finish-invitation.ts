import type { Config } from '../../config/config.ts'
import { hashToken } from '../../crypto/hash.ts'
import type { Keys } from '../../crypto/keys.ts'
import type { Tx } from '../../db/context.ts'
import { handle } from '../../http/handle.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { auth, type Registration } from '../contract.ts'
import { policy } from '../policy.ts'
import { findInvitation, spendInvitation } from './accounts/store.ts'
import { enter } from './enter.ts'
import { checkRegistration } from './passkeys.ts'
import { makeRecoveryCodes, newPassword } from './secrets.ts'
import {
  activateAccount,
  endSessions,
  forgetWays,
  insertPasskey,
  putPassword,
  replaceRecoveryCodes,
  takeChallenge,
} from './store.ts'

export const finishInvitation = handle(auth.finishInvitation, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now, note } = context
    const { body } = input
    const found = await findInvitation(tx, hashToken(body.token))
    if (!found || !(await spendInvitation(tx, found.id))) throw notFound()
    const account = { id: found.account_id, email: found.email }
    const challenge = await takeChallenge(tx, body.challenge, 'invitation', account.id)
    if (!challenge) throw new Problem('not-now')
    // Whoever needed this link has lost every way in, or somebody else has them.
    if (found.kind === 'recover') {
      await forgetWays(tx, account.id)
      await endSessions(tx, account.id)
    }
    const codes = await addWay(tx, services, account, { id: body.challenge, ...challenge }, body, now)
    await activateAccount(tx, account.id)
    note({ account: account.id })
    return { ...(await enter(context, account.id, body)), recoveryCodes: codes }
  },
})

interface Given {
  passkey?: Registration | undefined
  label?: string | undefined
  password?: string | undefined
  code?: string | undefined
}

/** The first way in, exactly one. A recovery code stands in for an authenticator, so only a password comes with them. */
async function addWay(
  tx: Tx,
  { config, keys }: { config: Config; keys: Keys },
  account: { id: string; email: string },
  challenge: { id: string; challenge: string; totp: Buffer | null },
  { passkey, label, password, code }: Given,
  now: Date,
): Promise<string[]> {
  if (passkey && password === undefined && code === undefined) {
    const made = await checkRegistration(config, passkey, challenge.challenge)
    if (!made) throw new Problem('invalid-input', [{ field: 'passkey', code: 'wrong' }])
    await insertPasskey(tx, { ...made, account_id: account.id, label: label ?? '' })
    return []
  }
  if (passkey) throw new Problem('invalid-input', [{ field: 'passkey', code: 'choice' }])
  if (password === undefined) throw new Problem('invalid-input', [{ field: 'password', code: 'required' }])
  if (code === undefined) throw new Problem('invalid-input', [{ field: 'code', code: 'required' }])
  await putPassword(tx, account.id, await newPassword(keys, account, challenge, { password, code }, now))
  const { codes, hashes } = makeRecoveryCodes(keys)
  await replaceRecoveryCodes(tx, account.id, hashes)
  return codes
}
