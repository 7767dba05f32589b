import { handle } from '#platform/http/handle.ts'
import { care } from '../contract.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { openSafety } from './open-safety.ts'
import * as store from './store.ts'

export const safety = handle(care.safety, policy, {
  ...ofCase,
  run: async ({ read, key, facts, input: { params } }) => {
    const [plan, word] = await Promise.all([
      openSafety(read, params.case, loaded(facts).row.key_slot, key),
      store.findCodeWord(read, params.case),
    ])
    return { plan: plan ?? null, hasCodeWord: word !== undefined }
  },
})
