import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { recordLimitsTold } from '#capabilities/consent/server/index.ts'
import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { type Found, findUsed } from '../instruments/find.ts'
import { judged } from '../instruments/judged.ts'
import * as store from './store.ts'
import { sealTold } from './told.ts'

/**
 * Records an interview. The answers are worked out again here, and so is how they read. It informs a decision, changes
 * no status and closes nothing, whatever the rules find.
 */
export const interview = handle(screening.interview, policy, {
  facts: async ({ read, actor, input: { params, body } }) => {
    const [access, found] = await Promise.all([
      findAccess(read, params.case),
      findUsed(read, actor.country, body.instrument, body.version),
    ])
    return { access, found }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, body }, key, now, note }) => {
    // Typed again: the rule reads less of it than the handler.
    const { found } = facts as { found?: Found }
    if (!found) throw new Problem('invalid-input', [{ field: 'instrument', code: 'not-offered' }])
    const folder = await store.getFolder(tx, params.case)
    if (folder.child && found.row.person === 'adult')
      throw new Problem('invalid-input', [{ field: 'instrument', code: 'for-adults' }])
    const on = body.paper ? 'paper' : 'phone'
    requireNone([
      ...wrongSaid(body.saidAt, now, 'saidAt', on),
      ...wrongSaid(body.limitsTold.saidAt, now, 'limitsTold.saidAt', on),
      ...(body.paper ? wrongSaid(body.paper.writtenAt, now, 'paper.writtenAt', on) : []),
    ])
    const { findings, ...read } = judged(found, body, {
      now: new Date(body.paper?.writtenAt ?? body.saidAt),
      timeZone: services.packs.get(actor.country)?.timeZone.value ?? 'UTC',
      production: services.config.mode === 'production',
    })
    const { writtenBy } = body.paper ?? {}
    await Promise.all([
      recordLimitsTold(tx, actor.user, params.case, body.limitsTold, now, on),
      addToTimeline(tx, actor, params.case, 'screening.interview-recorded', { instrument: body.instrument }),
      store.insert(tx, {
        id: body.id,
        case_id: params.case,
        country: actor.country,
        agency: actor.organisation,
        by_account: actor.user,
        instrument: body.instrument,
        instrument_version: body.version,
        language: body.language,
        interpreter: body.interpreter,
        interviewer: body.interviewer,
        limits_told: body.limitsTold.id,
        sealed: sealTold(key(params.case, folder.key_slot, 'SVC'), body.id, { ...read, writtenBy }),
        findings: [...findings],
        said_at: new Date(body.saidAt),
        on_paper: body.paper !== undefined,
        written_at: body.paper ? new Date(body.paper.writtenAt) : null,
      }),
    ])
    note({ case: params.case, basis: body.limitsTold.id })
    return { id: body.id, findings: [...findings] }
  },
})
