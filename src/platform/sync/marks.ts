import { markLength } from './contract.ts'

/** The kind by which a case marks everything that belongs to it. */
export const ofCase = 'of'

/**
 * The mark of a record that a phone keeps: the first 72 bits of SHA-256(`<salt>|<kind>|<id>`), base64url. Whoever has the
 * id can make it; from the mark nobody gets to the id. A locked phone finds by it what it must forget.
 * @param salt random, the phone's own
 */
export async function markOf(subtle: SubtleCrypto, salt: string, kind: string, id: string): Promise<string> {
  const sum = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(`${salt}|${kind}|${id}`)))
  return btoa(String.fromCharCode(...sum.subarray(0, (markLength * 6) / 8)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** Marks as they travel, taken apart. @throws TypeError when it is no row of marks */
export function marksIn(text: string): ReadonlySet<string> {
  if (text.length % markLength !== 0) throw new TypeError('no marks')
  return new Set(text.match(new RegExp(`.{${markLength}}`, 'g')) ?? [])
}
