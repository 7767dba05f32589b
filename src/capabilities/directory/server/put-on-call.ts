import { requireNone } from '#platform/contract/shapes-said.ts'
import { handle } from '#platform/http/handle.ts'
import type { FieldError } from '#platform/problem/problem.ts'
import { directory } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

const dayMs = 86_400_000
/** The longest duty, and how far ahead one may begin, in days. */
const [longest, farthest] = [31, 366]

export const putOnCall = handle(directory.putOnCall, policy, {
  facts: async ({ input }) => ({ organisation: input.params.organisation }),
  run: async ({ tx, actor, services, input: { params, body }, now }) => {
    const { id, account } = body
    const [from, to] = [new Date(body.from), new Date(body.to)]
    requireNone(wrongSpan(from, to, now))
    const { members } = await store.get(tx, params.organisation, { now, pack: services.packs.get(actor.country)! })
    requireNone(members.some(one => one.account === account) ? [] : [{ field: 'account', code: 'not-offered' }])
    await store.lockRoster(tx, params.organisation)
    const twice = await store.isOnCall(tx, params.organisation, account, from, to)
    requireNone(twice ? [{ field: 'from', code: 'overlaps' }] : [])
    await store.insertOnCall(tx, {
      id,
      organisation_id: params.organisation,
      account_id: account,
      starts_at: from,
      ends_at: to,
    })
    return { id }
  },
})

/** What is wrong with the hours of a duty. */
function wrongSpan(from: Date, to: Date, now: Date): FieldError[] {
  if (to <= from) return [{ field: 'to', code: 'wrong' }]
  const wrong: FieldError[] = []
  if (from.getTime() > now.getTime() + farthest * dayMs) wrong.push({ field: 'from', code: 'too-far', limit: farthest })
  if (to <= now) wrong.push({ field: 'to', code: 'past' })
  else if (to.getTime() > from.getTime() + longest * dayMs)
    wrong.push({ field: 'to', code: 'too-many-days', limit: longest })
  return wrong
}
