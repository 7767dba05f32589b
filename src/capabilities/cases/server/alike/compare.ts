import { type MatchName, namesAlike } from '#platform/crypto/match-terms.ts'
import { wordsOf } from '#platform/crypto/name-terms.ts'
import { normaliseDocument, normalisePhone } from '#platform/crypto/normalise.ts'
import type { Identity } from '../../contract.ts'

/** What of two people is laid side by side. */
export const comparedFields = ['name', 'birth', 'sex', 'nationality', 'language', 'phone', 'document'] as const
export type ComparedField = (typeof comparedFields)[number]
/** `alike`: could be the same, written or heard in another way. `unknown`: one of the two says nothing. */
export type Verdict = 'same' | 'alike' | 'differ' | 'unknown'

/** The years in which a person may have been born; none where nothing is known. An age leaves two. */
export function bornIn({ birthDate, age }: Identity, now: Date): number[] {
  if (birthDate !== undefined) return [Number(birthDate.slice(0, 4))]
  return age === undefined ? [] : [now.getUTCFullYear() - age - 1, now.getUTCFullYear() - age]
}

// People who meet somebody guess an age by a few years.
const guessedYears = 3

function birth(one: Identity, other: Identity, now: Date): Verdict {
  const [a, b] = [bornIn(one, now), bornIn(other, now)]
  if (a.length === 0 || b.length === 0) return 'unknown'
  if (one.birthDate !== undefined && other.birthDate !== undefined) {
    const parts = (day: string) => day.split('-').sort().join()
    if (one.birthDate === other.birthDate) return 'same'
    return parts(one.birthDate) === parts(other.birthDate) || a[0] === b[0] ? 'alike' : 'differ'
  }
  const apart = Math.min(...a.flatMap(x => b.map(y => Math.abs(x - y))))
  return apart <= guessedYears ? 'alike' : 'differ'
}

const wholeName = ({ givenName, familyName, knownAs }: MatchName) =>
  wordsOf([givenName, familyName].filter(Boolean).join(' ') || (knownAs ?? ''))

function name(one: Identity, other: Identity): Verdict {
  const [a, b] = [wholeName(one), wholeName(other)]
  if (a.length === 0 || b.length === 0) return 'unknown'
  if ([...a].sort().join(' ') === [...b].sort().join(' ')) return 'same'
  return namesAlike(one, other) ? 'alike' : 'differ'
}

const plain = (one: string | undefined, other: string | undefined): Verdict =>
  !one || !other ? 'unknown' : one === other ? 'same' : 'differ'
const told = (sex: Identity['sex']) => (sex === 'not-said' ? undefined : sex)

/** A number as it may be meant: people leave the plus away, so it is taken as a local one and as a whole one. */
export const phonesOf = (value: string, callingCode: string): string[] =>
  [...new Set([value, `+${value.replace(/^\+/, '')}`].map(one => normalisePhone(one, callingCode)))].filter(
    one => one !== '',
  )
const phones = (one: string | undefined, other: string | undefined, callingCode: string): Verdict => {
  if (!one || !other) return 'unknown'
  const meant = phonesOf(other, callingCode)
  return phonesOf(one, callingCode).some(number => meant.includes(number)) ? 'same' : 'differ'
}

/** Holds two people against each other, field by field. Says nothing of which of two is right. */
export function compareIdentities(
  one: Identity,
  other: Identity,
  callingCode: string,
  now: Date,
): Record<ComparedField, Verdict> {
  const document = (value: string | undefined) => (value ? normaliseDocument(value) : undefined)
  return {
    name: name(one, other),
    birth: birth(one, other, now),
    sex: plain(told(one.sex), told(other.sex)),
    nationality: plain(one.nationality, other.nationality),
    language: plain(one.language, other.language),
    phone: phones(one.phone, other.phone, callingCode),
    document: plain(document(one.document), document(other.document)),
  }
}
