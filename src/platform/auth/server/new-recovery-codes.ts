import { handle } from '../../http/handle.ts'
import { Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { checkProof, sessionOf } from './proof.ts'
import { makeRecoveryCodes } from './secrets.ts'
import { findPassword, replaceRecoveryCodes } from './store.ts'

export const newRecoveryCodes = handle(auth.newRecoveryCodes, policy, {
  run: async context => {
    const { tx, services, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    // A code stands in for an authenticator beside the password; without a password it would open nothing.
    if (!(await findPassword(tx, session.account))) throw new Problem('not-now')
    const { codes, hashes } = makeRecoveryCodes(services.keys)
    await replaceRecoveryCodes(tx, session.account, hashes)
    return { recoveryCodes: codes }
  },
})
