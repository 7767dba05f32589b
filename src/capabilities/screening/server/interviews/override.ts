import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { findInstrument } from '../instruments/find.ts'
import { accountName } from '../store.ts'
import * as store from './store.ts'
import { sealWhy } from './told.ts'

/** A person reads a finding otherwise than its rule, and says why. Nothing that stands there is changed. */
export const override = handle(screening.override, policy, {
  facts: async ({ read, input }) => {
    const row = await store.get(read, input.params.interview)
    return { row, access: await findAccess(read, row.case_id) }
  },
  caseOf: facts => (facts as unknown as { row: store.InterviewRecord }).row.case_id,
  run: async ({ tx, actor, facts, input: { body }, key, now }) => {
    const { row } = facts as unknown as { row: store.InterviewRecord }
    const found = await findInstrument(tx, row.country, row.instrument, row.instrument_version)
    const known = row.findings.includes(body.finding) || found?.instrument.rules.some(one => one.code === body.finding)
    if (!known) throw new Problem('invalid-input', [{ field: 'finding', code: 'choice' }])
    await store.insertOverride(tx, {
      id: body.id,
      interview_id: row.id,
      case_id: row.case_id,
      finding: body.finding,
      holds: body.holds,
      reason: body.reason,
      sealed_why: sealWhy(key(row.case_id, row.key_slot, 'SVC'), body.id, body.why),
      by_account: actor.user,
      at: now,
    })
    const by = await accountName(tx, actor.user)
    const { id, finding, holds, reason, why } = body
    return { id, finding, holds, reason, why, by, at: now.toISOString() }
  },
})
