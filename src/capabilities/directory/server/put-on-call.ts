import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const putOnCall = handle(directory.putOnCall, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, input: { params, body }, now }) => {
    const { id, account, from, to } = body
    if (Date.parse(to) <= Date.parse(from)) throw new Problem('invalid-input', [{ field: 'to', code: 'wrong' }])
    const { members } = await store.get(tx, params.organisation, now)
    if (!members.some(one => one.account === account))
      throw new Problem('invalid-input', [{ field: 'account', code: 'not-offered' }])
    await store.insertOnCall(tx, {
      id,
      organisation_id: params.organisation,
      account_id: account,
      starts_at: new Date(from),
      ends_at: new Date(to),
    })
    return { id }
  },
})
