import { recordLimitsTold } from '#capabilities/consent/server/index.ts'
import { notYet, requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { AnswerTree } from '#platform/forms/definition.ts'
import { judge } from '#platform/forms/judge.ts'
import type { Problem as AnswerProblem } from '#platform/forms/view.ts'
import { handle } from '#platform/http/handle.ts'
import { findAccess } from '#platform/policy/access.ts'
import { type FieldError, Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { metCodes, readRules, rulesToUse } from '../../rules-reading.ts'
import { type Found, findInstrument, programOf } from '../instruments/find.ts'
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
      findInstrument(read, actor.country, body.instrument, body.version),
    ])
    return { access, found }
  },
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, input: { params, body }, key, now, note }) => {
    // Typed again: the rule reads less of it than the handler.
    const found = inUse((facts as { found?: Found }).found)
    const folder = await store.getFolder(tx, params.case)
    if (folder.child && found.row.person === 'adult')
      throw new Problem('invalid-input', [{ field: 'instrument', code: 'for-adults' }])
    requireNone([
      ...wrongSaid(body.saidAt, now),
      ...wrongSaid(body.limitsTold.saidAt, now, 'limitsTold.saidAt'),
      ...(body.paper ? notYet(body.paper.writtenAt, now, 'paper.writtenAt') : []),
    ])
    const answers = judged(found, body.answers, {
      now: new Date(body.paper?.writtenAt ?? body.saidAt),
      timeZone: services.packs.get(actor.country)?.timeZone.value ?? 'UTC',
    })
    const production = services.config.mode === 'production'
    const readings = readRules(rulesToUse(found.instrument.rules, { production }), answers)
    const findings = [...metCodes(readings)]
    const { writtenBy } = body.paper ?? {}
    await Promise.all([
      recordLimitsTold(tx, actor.user, params.case, body.limitsTold, now),
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
        sealed: sealTold(key(params.case, folder.key_slot, 'SVC'), body.id, { answers, readings, writtenBy }),
        findings,
        said_at: new Date(body.saidAt),
        on_paper: body.paper !== undefined,
        written_at: body.paper ? new Date(body.paper.writtenAt) : null,
      }),
    ])
    note({ case: params.case, basis: body.limitsTold.id })
    return { id: body.id, findings }
  },
})

/** Also one that was withdrawn since: the talk took place. A draft was never anybody's to use. */
function inUse(found: Found | undefined): Found {
  if (!found || (found.record && found.record.published_at === null))
    throw new Problem('invalid-input', [{ field: 'instrument', code: 'not-offered' }])
  return found
}

const codes: Partial<Record<AnswerProblem['code'], string>> = {
  'name-unknown': 'unknown-field',
  'too-many-rows': 'too-many',
  'too-much-work': 'too-large',
}
/**
 * The answers as the form itself has them. People stop where they want, so nothing that is missing refuses the rest.
 * @throws Problem invalid-input naming each answer that the form does not take
 */
function judged(found: Found, answers: unknown, options: { now: Date; timeZone: string }): AnswerTree {
  const result = judge(programOf(found), answers, options)
  const errors = result.problems
    .filter(({ code }) => code !== 'required')
    .map(({ path, code }): FieldError => {
      const field = path === '' ? 'answers' : `answers.${path.replaceAll('/', '.')}`
      return { field, code: codes[code] ?? 'not-an-answer' }
    })
  if (errors.length > 0) throw new Problem('invalid-input', errors.slice(0, 20))
  return result.answers
}
