import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { listOf, toWire } from './store.ts'

export const list = handle(consent.list, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, input: { params }, now, note }) => {
    const rows = await listOf(read, params.case)
    note({ count: rows.length })
    return { items: rows.map(row => toWire(row, now)) }
  },
})
