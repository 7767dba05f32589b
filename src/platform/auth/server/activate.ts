import { hashToken } from '../../crypto/hash.ts'
import { token } from '../../crypto/random.ts'
import { handle } from '../../http/handle.ts'
import { type Purpose, purposesOf } from '../../policy/roles.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { changeSession, liveAssignments } from './store.ts'

export const activate = handle(auth.activate, policy, {
  signIn: true,
  run: async context => {
    const { tx, input, note, setSession } = context
    const session = sessionOf(context)
    const { assignment, purpose } = input.body
    const own = (await liveAssignments(tx, session.account)).find(one => one.id === assignment)
    if (!own) throw notFound()
    const offered: readonly Purpose[] = purposesOf[own.role]
    if (!offered.includes(purpose)) throw new Problem('invalid-input', [{ field: 'purpose', code: 'not-offered' }])
    // Another role is another session to whoever holds the token: the old one is worth nothing.
    const secret = token()
    const to = { token_hash: hashToken(secret), assignment_id: assignment, purpose }
    if (!(await changeSession(tx, session.id, session.account, to))) throw new Problem('not-signed-in')
    setSession(secret)
    note({ ids: [assignment] })
    return { assignment, purpose }
  },
})
