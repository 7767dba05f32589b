import type { Read } from '#platform/db/context.ts'
import type { Identity } from '../contract.ts'
import type { KeyOf } from './folder.ts'
import { openAt } from './sealed.ts'
import * as store from './store.ts'

/** Who the person is, for a slice above whose own decision releases compartment ID. Undefined where the fence hides it. */
export async function openIdentity(
  read: Read,
  caseId: string,
  slot: number,
  key: KeyOf,
): Promise<Identity | undefined> {
  const row = await store.findIdentity(read, caseId)
  return row ? JSON.parse(openAt(key(caseId, slot, 'ID'), 'identity', caseId, row.sealed)) : undefined
}
