import { matchTerms } from '#platform/crypto/match-terms.ts'
import { normaliseDocument } from '#platform/crypto/normalise.ts'
import type { Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Identity } from '../../contract.ts'
import * as store from '../store.ts'
import { bornIn, phonesOf } from './compare.ts'

/** The blind terms that a person is held against others by. */
export function matchTermsOf(
  { keys, now }: Pick<Services, 'keys' | 'now'>,
  identity: Identity,
  callingCode: string,
): { kind: string; term: Buffer }[] {
  const names = keys.blind('name')
  // The year never stands in a term by itself: with a hundred of them, whoever counts would know them all.
  const terms = matchTerms(identity, bornIn(identity, now())).map(({ kind, text }) => ({
    kind: kind as string,
    term: names.term(`match ${text}`),
  }))
  for (const phone of identity.phone ? phonesOf(identity.phone, callingCode) : [])
    terms.push({ kind: 'p', term: keys.blind('phone').term(phone) })
  const document = identity.document ? normaliseDocument(identity.document) : ''
  if (document !== '') terms.push({ kind: 'd', term: keys.blind('document').term(document) })
  return terms
}

/**
 * Writes them down in the place of those there were. They are another set than those of a search: nobody of the
 * application reads them.
 */
export async function putMatchTerms(
  tx: Tx,
  services: Services,
  caseId: string,
  identity: Identity,
  callingCode: string,
): Promise<void> {
  const terms = matchTermsOf(services, identity, callingCode)
  await store.putMatchTerms(
    tx,
    caseId,
    terms.map(one => one.kind),
    terms.map(one => one.term),
  )
}
