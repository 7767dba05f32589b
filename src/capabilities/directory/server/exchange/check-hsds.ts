import { handle } from '#platform/http/handle.ts'
import { exchange } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import { planOf } from './plan.ts'

/** Says what a file would do. Keeps nothing. */
export const checkHsds = handle(exchange.checkHsds, policy, {
  run: async ({ tx, actor, services, input: { body }, now }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    const { findings, checked } = await planOf(tx, body.file, body.kind, saying)
    return { ...findings, checked }
  },
})
