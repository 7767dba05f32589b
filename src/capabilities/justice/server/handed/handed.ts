import { caseFacts, openWhere, viewOf } from '#capabilities/cases/server/index.ts'
import { healthHanded } from '#capabilities/health/server/index.ts'
import { canonical } from '#platform/audit/canonical.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import type { Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { findGlimpses } from '#platform/policy/access.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'
import type { Handed } from '../../contract.ts'
import type { HandedFacts } from '../../policy.ts'
import * as store from '../store.ts'

/** What opens something to the reader now. */
export type Basis =
  | { readonly basis: 'order'; readonly row: store.OrderRow }
  | { readonly basis: 'vital-interest'; readonly row: store.InterestRow }
  | { readonly basis: 'consent'; readonly row: store.AgreedRow }

async function findBasis(read: Read, id: string): Promise<Basis | undefined> {
  const [order, interest, agreed] = await Promise.all([
    store.findOrder(read, id),
    store.findInterest(read, id),
    store.findAgreed(read, id),
  ])
  if (order) return { basis: 'order', row: order }
  if (interest) return { basis: 'vital-interest', row: interest }
  return agreed && { basis: 'consent', row: agreed }
}

/** What a rule about something handed over needs to know. Nothing is found where nothing is open. */
export async function handedFacts(read: Read, id: string): Promise<HandedFacts & { found: Basis | undefined }> {
  const found = await findBasis(read, id)
  if (!found) return { found, handed: undefined, opens: 0, agreed: false }
  const handed = { case: found.row.case_id }
  if (found.basis === 'consent') return { found, handed, opens: found.row.compartments, agreed: true }
  const { ordered, vital } = await findGlimpses(read, found.row.case_id)
  const opens = (found.basis === 'order' ? ordered : vital).get(id) ?? 0
  return { found, handed, opens, agreed: false }
}

type Viewing = Parameters<typeof viewOf>[0] & { readonly decision: Decision; readonly services: Services }
/** Exactly what is opened, and its hash: who wrote each note, and what happened when, is not handed over. */
export async function contentOf(
  viewing: Viewing,
  caseId: string,
  opens: number,
): Promise<{ content: Handed; hash: Buffer }> {
  const facts = await caseFacts(viewing.read, caseId)
  const view = await viewOf(viewing, facts)
  const named = new Set(compartmentsIn(opens))
  const content: Handed = {
    reference: view.reference,
    ...(named.has('ID') ? { identity: view.identity ?? {} } : {}),
    ...(named.has('SVC') ? { notes: (view.notes ?? []).map(({ at, text }) => ({ at, text })) } : {}),
    ...(named.has('HLT')
      ? { health: await healthHanded(viewing.read, viewing.services, caseId, facts.row.key_slot, viewing.key) }
      : {}),
    ...(named.has('LOC') ? { location: (await openWhere(viewing.read, viewing.key, facts.row)).text } : {}),
  }
  return { content, hash: sha256(canonical(content as Parameters<typeof canonical>[0])) }
}
