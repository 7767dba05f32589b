import { handle } from '#platform/http/handle.ts'
import { notFound } from '#platform/problem/problem.ts'
import { care } from '../contract.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { boxOf } from './sealed.ts'
import * as store from './store.ts'

/** By itself, so that the audit says each time that it was shown. */
export const codeWord = handle(care.codeWord, policy, {
  ...ofCase,
  run: async ({ read, key, facts, input: { params } }) => {
    const found = await store.findCodeWord(read, params.case)
    if (!found) throw notFound()
    return { word: boxOf(key, loaded(facts).row).open<string>('codeWord', params.case, found.sealed) }
  },
})
