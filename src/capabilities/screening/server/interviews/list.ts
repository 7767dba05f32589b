import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { bit } from '#platform/policy/compartments.ts'
import { screening } from '../../contract.ts'
import type { Interview } from '../../contract-instruments.ts'
import { policy } from '../../policy.ts'
import { wordsOf } from '../../words-of.ts'
import { versionsFor } from '../instruments/find.ts'
import * as store from './store.ts'
import { openTold, openWhy } from './told.ts'

/** The interviews of a case; what was told and how it reads only where SVC is open, or to whoever wrote it. */
export const interviews = handle(screening.interviews, policy, {
  facts: async ({ read, actor, input: { params } }) => {
    const [access, wrote] = await Promise.all([
      findAccess(read, params.case),
      store.wrote(read, params.case, actor.user),
    ])
    return { access, wrote }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, facts: { access }, input: { params }, decision, key, note }) => {
    const [rows, overrides] = await Promise.all([
      store.listOfCase(read, params.case),
      store.overridesOfCase(read, params.case),
    ])
    note({ count: rows.length })
    const shared = ((access?.shared ?? 0) & bit.SVC) !== 0
    const one = async (row: store.InterviewRecord): Promise<Interview> => {
      const may = (author: string) => decision.permits(row.case_id, 'SVC') && (shared || author === actor.user)
      const told = may(row.by_account) ? openTold(key(row.case_id, row.key_slot, 'SVC'), row.id, row.sealed) : undefined
      const versions = await versionsFor(read, row.country, row.instrument, row.instrument_version)
      const said = overrides.filter(each => each.interview_id === row.id)
      return {
        id: row.id,
        case: row.case_id,
        instrument: row.instrument,
        version: row.instrument_version,
        language: row.language,
        interpreter: row.interpreter as Interview['interpreter'],
        interviewer: row.interviewer as Interview['interviewer'],
        by: row.name ?? '',
        saidAt: row.said_at.toISOString(),
        receivedAt: row.received_at.toISOString(),
        writtenAt: row.written_at?.toISOString() ?? null,
        findings: row.findings,
        overrides: said.map(each => ({
          id: each.id,
          finding: each.finding,
          holds: each.holds,
          reason: each.reason as Interview['overrides'][number]['reason'],
          ...(may(each.by_account)
            ? { why: openWhy(key(row.case_id, row.key_slot, 'SVC'), each.id, each.sealed_why) }
            : {}),
          by: each.name ?? '',
          at: each.at.toISOString(),
        })),
        words: wordsOf(
          versions,
          row.findings,
          said.map(({ finding }) => finding),
          told,
        ),
        ...(told ? { told: { ...told, declined: [...(told.declined ?? [])] } } : {}),
      }
    }
    return { items: await Promise.all(rows.map(one)) }
  },
})
