import { handle } from '#platform/http/handle.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { type Found, getInstrument } from './find.ts'

/** One instrument, whole, for whoever may use it and for those who edit. */
export const readInstrument = handle(screening.instrument, policy, {
  facts: async ({ read, actor, input: { params, query } }) => ({
    found: await getInstrument(read, actor.country, params.instrument, query.version),
  }),
  run: async ({ facts }) => {
    const { row, instrument } = facts.found as Found
    return { ...row, ...instrument }
  },
})
