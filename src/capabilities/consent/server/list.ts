import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { type ConsentRecord, consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { listKept, listOf, toWire } from './store.ts'

export const list = handle(consent.list, policy, {
  facts: async ({ read, input }) => ({ access: await findAccess(read, input.params.case) }),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, facts, input: { params }, now, note }) => {
    const rows = await listOf(read, params.case)
    note({ count: rows.length })
    const { access } = facts
    const items = rows.map(row => toWire(row, now))
    // Who was shared with learns what was agreed for them, not who else helps.
    const guest = access !== undefined && !access.own && !access.assigned && !access.holder && actor.role !== 'intake'
    return { items: guest ? items.map(one => onlyFor(one, actor.organisation)) : items }
  },
  pull: { kind: 'consents', visible: ({ read, actor, now, limit }) => listKept(read, actor.user, now, limit) },
})

const onlyFor = (record: ConsentRecord, organisation: string): ConsentRecord => ({
  ...record,
  recipients: record.recipients.filter(one => one === organisation),
  withhold: record.withhold.filter(one => one.recipient === organisation),
})
