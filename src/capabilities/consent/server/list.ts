import { handle } from '#platform/http/handle.ts'
import { agreedWith, type ConsentRecord, consent } from '../contract.ts'
import { policy } from '../policy.ts'
import { factsOf, requireChild } from './facts.ts'
import { listKept, listOf, toWire } from './store.ts'

export const list = handle(consent.list, policy, {
  facts: ({ read, input }) => factsOf(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, facts, input: { params }, now, note }) => {
    const rows = await listOf(read, params.case)
    note({ count: rows.length })
    const { access } = facts
    const items = rows.map(row => toWire(row, now))
    // Who was shared with learns what was agreed for them, not who else helps.
    const guest = access !== undefined && !access.own && !access.assigned && !access.holder && actor.role !== 'intake'
    return { items: guest ? items.map(one => onlyFor(one, actor.organisation)) : items, child: requireChild(facts) }
  },
  pull: { kind: 'consents', visible: ({ read, actor, now, limit }) => listKept(read, actor.user, now, limit) },
})

/** What they may know; that something is kept from them by name is not for them to read. */
const onlyFor = (record: ConsentRecord, organisation: string): ConsentRecord => ({
  ...record,
  recipients: record.recipients.filter(one => one === organisation),
  compartments: [...agreedWith(record, organisation)],
  withhold: [],
})
