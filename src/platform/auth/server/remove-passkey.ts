import { handle } from '../../http/handle.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { checkProof, sessionOf } from './proof.ts'
import { deletePasskey, findPassword, lockPasskeys } from './store.ts'

export const removePasskey = handle(auth.removePasskey, policy, {
  run: async context => {
    const { tx, input, now } = context
    const session = sessionOf(context)
    checkProof(session, now)
    const credential = Buffer.from(input.params.passkey, 'base64url')
    const own = await lockPasskeys(tx, session.account)
    if (!own.some(one => one.credential_id.equals(credential))) throw notFound()
    // The last way in stays: without it only two other people could let this person back.
    if (own.length === 1 && !(await findPassword(tx, session.account))) throw new Problem('not-now')
    await deletePasskey(tx, session.account, credential)
    return undefined
  },
})
