import { allKept, answering, asKept, keepAll, type WithoutSignal } from '#staff/phone/kept.ts'
import { directory, type OrganisationRow } from '../contract.ts'

/** As the server looks for them. */
const fits = (one: OrganisationRow, asked: { search?: string; kind?: string; service?: string }): boolean =>
  (!asked.search || one.name.toLowerCase().includes(asked.search.toLowerCase())) &&
  (!asked.kind || one.kind === asked.kind) &&
  (!asked.service || (one.services as readonly string[]).includes(asked.service))

/** What staff need of the country, and whom a person can be referred to. */
export const withoutSignal: WithoutSignal = {
  answers: [
    asKept(directory.country),
    answering(directory.list, async (kept, { query }, online) => {
      if (online) return online
      const found = await allKept(kept, directory.list)
      return found && { items: found.filter(one => fits(one, query ?? {})) }
    }),
  ],
  keep: async get => {
    await get(directory.country, {})
    await keepAll(get, directory.list)
  },
}
