import { handle } from '../../http/handle.ts'
import { auth } from '../contract.ts'
import { policy } from '../policy.ts'
import { sessionOf } from './proof.ts'
import { findPassword, recoveryHashes, listPasskeys as rows } from './store.ts'

export const listPasskeys = handle(auth.listPasskeys, policy, {
  run: async context => {
    const { account } = sessionOf(context)
    const items = await rows(context.read, account)
    return {
      items: items.map(one => ({
        id: one.credential_id.toString('base64url'),
        label: one.label,
        createdAt: one.created_at.toISOString(),
        ...(one.used_at ? { usedAt: one.used_at.toISOString() } : {}),
      })),
      password: (await findPassword(context.read, account)) !== undefined,
      recoveryCodesLeft: (await recoveryHashes(context.read, account)).length,
    }
  },
})
