import { uuidv7 } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { assertionFor } from './passkeys.ts'
import { sessionOf } from './proof.ts'
import { findPassword, insertChallenge, listPasskeys } from './store.ts'

export const beginStepUp = handle(auth.beginStepUp, policy, {
  signIn: true,
  run: async context => {
    const { tx, services } = context
    const session = sessionOf(context)
    const passkeys = await listPasskeys(tx, session.account)
    const id = uuidv7()
    const { challenge, options } = await assertionFor(services.config, passkeys)
    await insertChallenge(tx, { id, kind: 'step-up', challenge, about: session.account, totp: null, minutes: 5 })
    const ways: ('passkey' | 'password' | 'demonstration')[] = []
    if (passkeys.length > 0) ways.push('passkey')
    if (await findPassword(tx, session.account)) ways.push('password')
    if (session.demonstration && services.config.mode === 'demonstration') ways.push('demonstration')
    return { challenge: id, options, ways }
  },
})
