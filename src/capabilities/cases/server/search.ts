import { nameSearchTerms } from '#platform/crypto/name-terms.ts'
import { normaliseDocument, normalisePhone } from '#platform/crypto/normalise.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { cases, type Identity } from '../contract.ts'
import { policy } from '../policy.ts'
import { callingCodeOf } from './folder.ts'
import { openIdentityRow } from './identity/fields.ts'
import * as store from './store.ts'

/** Whoever has more hits than fit a screen types another letter; each name shown is one more that was unsealed. */
const most = 25

/** What was typed as groups of blind terms: a phone or document when it holds digits, else each word of a name. */
export function searchGroups({ keys }: Services, typed: string, callingCode: string): Buffer[][] {
  if (/\d/.test(typed)) {
    const terms = [keys.blind('document').term(normaliseDocument(typed))]
    // People leave the plus away, so a number is looked for as a local one and as a whole one.
    if (/^[+\d][\d ().-]{3,}$/.test(typed))
      for (const number of new Set([typed, `+${typed.replace(/^\+/, '')}`]))
        terms.push(keys.blind('phone').term(normalisePhone(number, callingCode)))
    return [terms]
  }
  const names = keys.blind('name')
  return nameSearchTerms(typed).map(group => group.map(term => names.term(term)))
}

export const search = handle(cases.search, policy, {
  run: async ({ read, actor, services, input: { query }, key, note }) => {
    const groups = searchGroups(services, query.words, callingCodeOf(services, actor.country))
    if (groups.length === 0) return { items: [], more: false }
    const of = {
      holder: actor.organisation,
      coordinator: actor.role === 'coordinator' ? actor.user : undefined,
    }
    let rows = await store.search(read, groups, most + 1, of)
    // Whoever types a whole name looks also for who said one surname, or one given name, less.
    if (rows.length === 0 && groups.length > 2) {
      const less = groups.map((_, left) => store.search(read, groups.toSpliced(left, 1), most + 1, of))
      const found = new Map((await Promise.all(less)).flat().map(row => [row.id, row]))
      rows = [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1))
    }
    const items = rows.slice(0, most).map(row => {
      const identity: Identity = row.sealed ? openIdentityRow(key(row.id, row.key_slot, 'ID'), row.id, row.sealed) : {}
      const name = [identity.givenName, identity.familyName].filter(Boolean).join(' ') || (identity.knownAs ?? '')
      return { ...store.toRow(row), name }
    })
    note({
      count: items.length,
      ids: items.map(one => one.id),
      concerns: items.map(one => ({ case: one.id, how: 'found' })),
    })
    return { items, more: rows.length > most }
  },
})
