import { uuidv7 } from '../../../crypto/random.ts'
import { handle } from '../../../http/handle.ts'
import { Problem } from '../../../problem/problem.ts'
import { auth } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { emailTaken } from '../store.ts'
import { linkHours, makeLink } from './link.ts'
import { newAssignment } from './new-assignment.ts'
import { insertAccount, insertAssignment, insertJoin } from './store.ts'

export const invite = handle(auth.invite, policy, {
  run: async ({ tx, actor, input: { body }, services, now, note }) => {
    const { id, name, email, language } = body
    if (await emailTaken(tx, email)) throw new Problem('already-exists', [{ field: 'email', code: 'taken' }])
    const assignment = { id: uuidv7(), ...body.assignment }
    const first = await newAssignment(tx, actor, id, assignment, 'assignment.', now)
    await insertAccount(tx, { id, name, email, language, created_by: actor.user })
    await insertAssignment(tx, first)
    const { hash, shown } = makeLink(services.config, id, now)
    await insertJoin(tx, { id: uuidv7(), account_id: id, asked_by: actor.user, token_hash: hash, hours: linkHours })
    note({ ids: [id] })
    return shown
  },
})
