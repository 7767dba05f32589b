import { uuidv7 } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { checkProof, sessionOf } from './proof.ts'
import { offerAuthenticator } from './secrets.ts'
import { findAccount, insertChallenge } from './store.ts'

export const beginPassword = handle(auth.beginPassword, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    const account = await findAccount(tx, session.account)
    if (!account) throw notFound()
    const id = uuidv7()
    const { shown, sealed } = offerAuthenticator(services.keys, id, account.email)
    await insertChallenge(tx, { id, kind: 'password', challenge: id, about: account.id, totp: sealed, minutes: 30 })
    return { challenge: id, authenticator: shown }
  },
})
