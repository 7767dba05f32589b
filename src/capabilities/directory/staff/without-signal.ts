import { asKept, type WithoutSignal } from '#staff/phone/kept.ts'
import { directory } from '../contract.ts'

/** What staff need of the country, and whom a person can be referred to. */
export const withoutSignal: WithoutSignal = {
  answers: [asKept(directory.country), asKept(directory.list)],
  keep: async get => {
    await get(directory.country, {})
    await get(directory.list, { query: { limit: '100' } })
  },
}
