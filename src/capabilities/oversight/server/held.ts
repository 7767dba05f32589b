import { answered } from '#platform/files/server/held.ts'
import { listHeld as heldFiles, answerHeld as putAnswer } from '#platform/files/server/store.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { oversight } from '../contract.ts'
import { type heldAnswers, type heldCodes, reasonsFor } from '../contract-held.ts'
import { policy } from '../policy.ts'

export const listHeld = handle(oversight.listHeld, policy, {
  run: async ({ read, services, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await heldFiles(read, paged), limit)
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(one => ({
        ...one,
        at: one.at.toISOString(),
        code: one.code as (typeof heldCodes)[number],
        answer: one.answer as (typeof heldAnswers)[number] | null,
      })),
      ...more,
      scanner: services.config.clamd !== undefined,
    }
  },
})

export const answerHeld = handle(oversight.answerHeld, policy, {
  run: async ({ tx, services, input: { params, body }, note }) => {
    if (body.answer === 'scan' && services.config.clamd === undefined) throw new Problem('not-now')
    const { answer, reason } = body
    if (reason === undefined ? reasonsFor[answer].length > 0 : !reasonsFor[answer].includes(reason))
      throw new Problem('invalid-input', [{ field: 'reason', code: reason === undefined ? 'required' : 'wrong' }])
    const whole = await putAnswer(tx, params.file, answer, reason)
    if (!whole) throw notFound()
    note({ ids: [params.file], reason: reason ? `${answer}-${reason}` : answer })
    answered(services, params.file, whole, answer === 'refuse')
    return { id: params.file }
  },
})
