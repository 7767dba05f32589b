import type { Services } from '#platform/http/services.ts'
import type { Identity } from '../contract.ts'
import { callingCodeOf, type KeyOf, termsOf } from './folder.ts'
import { sealAt } from './sealed.ts'

/** Who an invented person is, sealed and searchable as anybody's identity, for a slice above that puts a case there. */
export function sealInvented(
  services: Services,
  country: string,
  key: KeyOf,
  made: { readonly id: string; readonly slot: number; readonly identity: Identity },
): { readonly sealed: Buffer; readonly terms: readonly Buffer[] } {
  const { id, slot, identity } = made
  return {
    sealed: sealAt(key(id, slot, 'ID'), 'identity', id, JSON.stringify(identity)),
    terms: termsOf(services.keys, identity, callingCodeOf(services, country)),
  }
}
