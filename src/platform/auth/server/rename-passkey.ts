import { handle } from '../../http/handle.ts'
import { notFound } from '../../problem/problem.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { renamePasskey as rename } from './store.ts'

export const renamePasskey = handle(auth.renamePasskey, policy, {
  run: async context => {
    const { tx, input } = context
    const { passkey: id } = input.params
    const { label } = input.body
    if ((await rename(tx, sessionOf(context).account, Buffer.from(id, 'base64url'), label)) === 0) throw notFound()
    return { id, label }
  },
})
