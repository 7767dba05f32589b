import { openSafety } from '#capabilities/care/server/index.ts'
import { caseFacts, openIdentity, openNotes } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { findGlimpses } from '#platform/policy/access.ts'
import { oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

/** What broken glass opens: who the person is; by compartment SVC the notes and the safety plan, without its code word. */
export const readGlass = handle(oversight.readGlass, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findGlass(read, params.glass)
    if (!row) return { glass: undefined, opens: 0 }
    const { broken } = await findGlimpses(read, row.case_id)
    return {
      glass: { case: row.case_id, by: row.account_id, role: row.role, judge: row.judge },
      opens: broken.get(row.id) ?? 0,
    }
  },
  caseOf: ({ glass }) => glass?.case ?? '',
  run: async ({ read, facts: { glass }, decision, key, input: { params }, now, note }) => {
    const caseId = glass!.case
    const [{ row }, record] = await Promise.all([caseFacts(read, caseId), store.findGlass(read, params.glass)])
    const services = decision.permits(caseId, 'SVC')
    const [identity, notes, safety] = await Promise.all([
      decision.permits(caseId, 'ID') ? openIdentity(read, caseId, row.key_slot, key) : undefined,
      services ? openNotes(read, caseId, row.key_slot, key) : undefined,
      services ? openSafety(read, caseId, row.key_slot, key) : undefined,
    ])
    note({ basis: params.glass })
    return {
      id: params.glass,
      reference: row.reference,
      child: row.child,
      until: record!.until.toISOString(),
      readAt: now.toISOString(),
      ...(identity ? { identity } : {}),
      ...(notes ? { notes } : {}),
      ...(safety ? { safety } : {}),
    }
  },
})
