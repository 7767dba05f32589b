import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { languages } from '#platform/words/words.ts'
import { type codeStates, type SafetyCheck, visits } from '../contract.ts'
import { policy } from '../policy.ts'
import { visitRoute } from '../route.ts'
import { openWords } from './sealed.ts'
import * as store from './store.ts'

export const ofCase = handle(visits.ofCase, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, facts, decision, key, services, input: { params } }) => {
    const { row } = facts as Awaited<ReturnType<typeof caseFacts>>
    const words = decision.permits(row.id, 'SVC') ? key(row.id, row.key_slot, 'SVC') : undefined
    const [code, checks, questions] = await Promise.all([
      store.findCode(read, params.case),
      store.listChecks(read, params.case),
      words ? store.listQuestions(read, params.case) : undefined,
    ])
    return {
      code: code
        ? {
            id: code.id,
            state: stateOf(code),
            watched: code.watched as 'no',
            lasts: code.lasts as 'week',
            madeAt: code.made_at.toISOString(),
            madeBy: code.name ?? '',
            until: code.until.toISOString(),
            usedAt: iso(code.used_at),
          }
        : null,
      ...(questions && words
        ? {
            questions: questions.map(one => ({
              id: one.id,
              text: openWords(words, 'sealed', one.id, one.sealed),
              askedAt: one.asked_at.toISOString(),
              answer: one.sealed_answer ? openWords(words, 'sealed_answer', one.id, one.sealed_answer) : null,
              answeredBy: one.answered_at ? (one.name ?? '') : null,
              answeredAt: iso(one.answered_at),
              readAt: iso(one.read_at),
              version: one.version,
            })),
          }
        : {}),
      checks: checks.map(one => ({
        id: one.id,
        safe: one.safe as SafetyCheck['safe'],
        contact: one.contact,
        at: one.at.toISOString(),
        seenAt: iso(one.seen_at),
      })),
      addresses: Object.fromEntries(
        languages.map(({ code: lang }) => [lang, `${services.config.siteOrigin}/${lang}${visitRoute}`]),
      ),
    }
  },
})

const iso = (at: Date | null) => at?.toISOString() ?? null
const stateOf = (one: { used_at: Date | null; ended_at: Date | null; over: boolean }): (typeof codeStates)[number] =>
  one.ended_at ? 'revoked' : one.used_at ? 'used' : one.over ? 'over' : 'live'
