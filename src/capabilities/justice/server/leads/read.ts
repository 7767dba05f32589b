import { findOrganisation } from '#capabilities/directory/server/index.ts'
import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { nameSearchTerms } from '#platform/crypto/name-terms.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { justice } from '../../contract.ts'
import { policy } from '../../policy.ts'
import * as store from '../store.ts'
import { leadFacts, movesOf, openedLead, toRow } from './lead.ts'
import { proceedingsOf } from './proceedings.ts'

/** What was typed: a lead's own reference, that of a case, or words of the title. */
function searchOf({ keys }: Services, typed: string | undefined) {
  const words = typed?.trim()
  if (!words) return { groups: [] }
  if (/^l-/i.test(words)) return { groups: [], reference: words.toUpperCase() }
  if (/^\d{5}-\d{5}$/.test(words)) return { groups: [[keys.blind('lead.case').term(words)]] }
  const blind = keys.blind('lead.title')
  const groups = nameSearchTerms(words).map(group => group.map(term => blind.term(term)))
  // Too few letters to search by find nothing, rather than everything.
  return { groups: groups.length === 0 ? [[]] : groups }
}

export const listLeads = handle(justice.listLeads, policy, {
  run: async ({ read, actor, services, input: { query }, key, note }) => {
    const limit = Number(query.limit ?? 50)
    // Words are sealed, so whoever sees the codes alone has none to search.
    const found = actor.role === 'supervisor' ? { groups: query.words ? [[]] : [] } : searchOf(services, query.words)
    const rows = await store.listLeads(read, {
      ...found,
      after: query.after,
      status: query.status,
      about: query.about,
      investigator: query.mine ? actor.user : undefined,
      limit: limit + 1,
    })
    const items = rows.slice(0, limit).map(row => toRow(row, actor.role === 'supervisor' ? undefined : key))
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})

export const readLead = handle(justice.readLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ read, actor, facts, services, key, note }) => {
    const { row } = facts as Awaited<ReturnType<typeof leadFacts>>
    // A lead is no case: its key is confined to it, and no log of a case hears of it.
    note({ basis: row.id, case: undefined })
    const [organisation, names, opened, proceedings] = await Promise.all([
      findOrganisation(read, row.organisation_id),
      namesOf(read, [row.made_by]),
      openedLead(read, actor, row, services.keys, key),
      proceedingsOf(read, actor, row),
    ])
    return {
      ...toRow(row, actor.role === 'supervisor' ? undefined : key),
      organisation: row.organisation_id,
      organisationName: organisation?.name ?? '',
      madeName: names.get(row.made_by) ?? '',
      ...opened,
      proceedings,
      moves: movesOf(actor, row),
    }
  },
})
