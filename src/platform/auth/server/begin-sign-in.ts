import { uuidv7 } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { assertionFor } from './passkeys.ts'
import { insertChallenge } from './store.ts'
import { isLoopback } from './throttle.ts'

export const beginSignIn = handle(auth.beginSignIn, policy, {
  signIn: true,
  run: async ({ tx, services: { config }, remote }) => {
    const id = uuidv7()
    const { challenge, options } = await assertionFor(config)
    await insertChallenge(tx, { id, kind: 'sign-in', challenge, about: null, totp: null, minutes: 5 })
    return { challenge: id, options, demonstration: config.mode === 'demonstration' && isLoopback(remote) }
  },
})
