import { hashToken } from '../../crypto/hash.ts'
import { uuidv7 } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { findInvitation } from './accounts/store.ts'
import { registrationFor } from './passkeys.ts'
import { offerAuthenticator } from './secrets.ts'
import { languageShape } from './shapes.ts'
import { assignmentsUntilNow, insertChallenge } from './store.ts'

/** Time enough to install an authenticator app. */
const minutes = 30

export const beginInvitation = handle(auth.beginInvitation, policy, {
  signIn: true,
  run: async ({ tx, services: { config, keys }, input, note }) => {
    const found = await findInvitation(tx, hashToken(input.body.token))
    if (!found) throw notFound()
    const { kind, account_id: about, name, email } = found
    const id = uuidv7()
    const { challenge, options } = await registrationFor(config, { id: about, name, email })
    const { shown, sealed } = offerAuthenticator(keys, id, email)
    await insertChallenge(tx, { id, kind: 'invitation', challenge, about, totp: sealed, minutes })
    note({ ids: [about] })
    const assignments = (await assignmentsUntilNow(tx, about)).map(({ role, name: organisation, waiting }) => ({
      role,
      organisation,
      waiting,
    }))
    const language = languageShape(found.language)
    const askedBy = found.asked_name
    return { kind, askedBy, assignments, name, email, language, challenge: id, options, authenticator: shown }
  },
})
