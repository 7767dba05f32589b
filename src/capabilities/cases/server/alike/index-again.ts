import type { Services } from '#platform/http/services.ts'
import { decide } from '#platform/policy/decide.ts'
import { operatorIndexes } from '../../policy.ts'
import { callingCodeOf } from '../folder.ts'
import { openIdentityRow } from '../identity/fields.ts'
import { matchTermsOf } from './held-against.ts'

/** A case whose person is held against nobody yet. */
export interface Unheld {
  readonly id: string
  readonly country: string
  readonly slot: number
  /** When it was recorded: an age was told then. */
  readonly madeAt: Date
  /** The identity as it stands. */
  readonly sealed: Buffer
}

/**
 * The blind terms of a case that was recorded before there were any. The identity is opened for as long as this takes and
 * leaves it only as keyed hashes.
 * @throws KeyError `erased` where the case's secret is gone
 */
export function termsAgain(
  services: Pick<Services, 'keys' | 'packs'>,
  { id, country, slot, madeAt, sealed }: Unheld,
): { kind: string; term: Buffer }[] {
  const by = { purpose: 'administration' as const }
  const decision = decide(operatorIndexes, ['administration'], by, undefined, id, madeAt)
  const identity = openIdentityRow(services.keys.release(decision, id, slot, 'ID'), id, sealed)
  return matchTermsOf({ keys: services.keys, now: () => madeAt }, identity, callingCodeOf(services, country))
}
