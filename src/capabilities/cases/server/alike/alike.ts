import { nameTerms } from '#platform/crypto/name-terms.ts'
import { normaliseDocument } from '#platform/crypto/normalise.ts'
import { handle } from '#platform/http/handle.ts'
import { cases, type Identity } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { callingCodeOf } from '../folder.ts'
import { openIdentityRow } from '../identity/fields.ts'
import * as store from '../store.ts'
import { compareIdentities, phonesOf } from './compare.ts'

/** More than this is not read through by anybody who has a person in front of them. */
const most = 5

/**
 * Before somebody writes a person down: which of the cases that they see could be of the same person. Of any other case
 * nothing, also not that there is one.
 */
export const alike = handle(cases.alike, policy, {
  run: async ({ read, actor, services, now, input: { query }, key, note }) => {
    const { keys } = services
    const { age, ...told } = query
    const typed: Identity = { ...told, ...(age === undefined ? {} : { age: Number(age) }) }
    const calling = callingCodeOf(services, actor.country)
    const line = [typed.givenName, typed.familyName, typed.knownAs].filter(Boolean).join(' ')
    const names = keys.blind('name')
    // One name with the first letter of another: a slip in one of two is still found by the other.
    const terms = nameTerms(line).flatMap(one => (one.startsWith('n:') ? [names.term(one)] : []))
    const document = typed.document ? normaliseDocument(typed.document) : ''
    for (const phone of typed.phone ? phonesOf(typed.phone, calling) : []) terms.push(keys.blind('phone').term(phone))
    if (document !== '') terms.push(keys.blind('document').term(document))
    const rows =
      terms.length === 0 ? [] : await store.listAlike(read, terms, actor.role === 'intake' ? null : actor.user)
    const found = rows.flatMap(row => {
      const identity = openIdentityRow(key(row.id, row.key_slot, 'ID'), row.id, row.sealed)
      const verdicts = compareIdentities(typed, identity, calling, now)
      const named = ['same', 'alike'].includes(verdicts.name) && verdicts.birth !== 'differ'
      const why = (['document', 'phone', 'name', 'birth'] as const).filter(field =>
        field === 'name'
          ? named
          : field === 'birth'
            ? named && verdicts.birth !== 'unknown'
            : verdicts[field] === 'same',
      )
      if (why.length === 0) return []
      const name = [identity.givenName, identity.familyName].filter(Boolean).join(' ') || (identity.knownAs ?? '')
      return [{ case: row.id, reference: row.reference, name, madeAt: row.made_at.toISOString(), why }]
    })
    const weight = (why: readonly string[]) =>
      (why.includes('document') ? 8 : 0) + (why.includes('phone') ? 4 : 0) + why.length
    const items = found.sort((a, b) => weight(b.why) - weight(a.why)).slice(0, most)
    note({
      count: items.length,
      ids: items.map(one => one.case),
      concerns: items.map(one => ({ case: one.case, how: 'found' })),
    })
    return { items }
  },
})
