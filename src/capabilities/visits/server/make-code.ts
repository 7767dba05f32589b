import { addToTimeline, caseFacts } from '#capabilities/cases/server/index.ts'
import { digits, uuidv7 } from '#platform/crypto/random.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type Lasting, mayLast, visits } from '../contract.ts'
import { checkDigit } from '../digits.ts'
import { policy } from '../policy.ts'
import { lookupOf } from './lookup.ts'
import * as store from './store.ts'

const minutes: Record<Lasting, number> = { 'half-hour': 30, 'half-day': 12 * 60, week: 7 * 24 * 60 }

export const makeCode = handle(visits.makeCode, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, input: { params, body }, note }) => {
    if (!mayLast(body.watched, body.lasts))
      throw new Problem('invalid-input', [{ field: 'lasts', code: 'not-offered' }])
    const drawn = digits(15)
    const code = drawn + checkDigit(drawn)
    const id = uuidv7()
    // By the clock of the database, which ends it; a minute is taken off so that it never asks for more than is allowed.
    const until = new Date(Date.now() + minutes[body.lasts] * 60_000 - 60_000)
    await store.makeCode(tx, { id, caseId: params.case, lookup: lookupOf(services.keys, code), ...body, until })
    await addToTimeline(tx, actor, params.case, 'visit.code-made', { lasts: body.lasts })
    note({ reason: `watched-${body.watched}` })
    return { id, digits: code, until: until.toISOString() }
  },
})
