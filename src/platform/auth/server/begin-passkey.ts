import { uuidv7 } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { registrationFor } from './passkeys.ts'
import { checkProof, sessionOf } from './proof.ts'
import { findAccount, insertChallenge, listPasskeys } from './store.ts'

export const beginPasskey = handle(auth.beginPasskey, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    const account = await findAccount(tx, session.account)
    if (!account) throw notFound()
    const id = uuidv7()
    const own = await listPasskeys(tx, account.id)
    const { challenge, options } = await registrationFor(services.config, account, own)
    await insertChallenge(tx, { id, kind: 'passkey', challenge, about: account.id, totp: null, minutes: 5 })
    return { challenge: id, options }
  },
})
