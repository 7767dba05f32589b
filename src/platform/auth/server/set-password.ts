import { handle } from '../../http/handle.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { checkProof, sessionOf } from './proof.ts'
import { makeRecoveryCodes, newPassword } from './secrets.ts'
import { findAccount, putPassword, replaceRecoveryCodes, takeChallenge } from './store.ts'

/** Sets or changes the password with its authenticator; recovery codes of the old one no longer count. */
export const setPassword = handle(auth.setPassword, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    const account = await findAccount(tx, session.account)
    if (!account) throw notFound()
    const taken = await takeChallenge(tx, input.body.challenge, 'password', account.id)
    if (!taken) throw new Problem('not-now')
    const challenge = { id: input.body.challenge, totp: taken.totp }
    await putPassword(tx, account.id, await newPassword(services.keys, account, challenge, input.body, now))
    const { codes, hashes } = makeRecoveryCodes(services.keys)
    await replaceRecoveryCodes(tx, account.id, hashes)
    return { recoveryCodes: codes }
  },
})
