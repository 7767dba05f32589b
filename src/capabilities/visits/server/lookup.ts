import { hmac } from '#platform/crypto/hash.ts'
import type { Keys } from '#platform/crypto/keys.ts'

/** What is kept of a code's digits: a hash under a key that is not in the database. Whatever else is typed finds nothing. */
export const lookupOf = (keys: Keys, digits: string): Buffer => hmac(keys.platformKey('visits.code').secret, digits)
