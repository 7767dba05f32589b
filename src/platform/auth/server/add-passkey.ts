import { handle } from '../../http/handle.ts'
import { Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { checkRegistration } from './passkeys.ts'
import { checkProof, sessionOf } from './proof.ts'
import { insertPasskey, takeChallenge } from './store.ts'

export const addPasskey = handle(auth.addPasskey, policy, {
  signIn: true,
  run: async context => {
    const { tx, services, input, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    const challenge = await takeChallenge(tx, input.body.challenge, 'passkey', session.account)
    if (!challenge) throw new Problem('not-now')
    const made = await checkRegistration(services.config, input.body.passkey, challenge.challenge)
    if (!made) throw new Problem('invalid-input', [{ field: 'passkey', code: 'wrong' }])
    await insertPasskey(tx, { ...made, account_id: session.account, label: input.body.label })
    return { id: made.credential_id.toString('base64url') }
  },
})
