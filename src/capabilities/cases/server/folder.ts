import type { DataKey, Keys } from '#platform/crypto/keys.ts'
import { allNameTerms, nameTerms } from '#platform/crypto/name-terms.ts'
import { normaliseDocument, normalisePhone } from '#platform/crypto/normalise.ts'
import { digits, uuidv7 } from '#platform/crypto/random.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import type { Services } from '#platform/http/services.ts'
import { findAccess, hold, makeCase } from '#platform/policy/access.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { CaseStatus, Identification, Identity, Urgency } from '../contract.ts'
import { type CaseMove, mayMove } from '../flow.ts'
import type { CaseFacts } from '../policy.ts'
import { putMatchTerms } from './alike/held-against.ts'
import { startGuardianClock } from './guardian-clock.ts'
import { clockStart, startClocks } from './procedure/clock-work.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

export type KeyOf = (caseId: string, slot: number, compartment: Compartment) => DataKey

const drawn = new WeakMap<Keys, number[]>()
/**
 * Takes a slot of the key store for a new case. A slot that was erased (after a restore) is passed over. Slots are drawn
 * 32 at a time, which spares most new cases a round trip; those not used when the process ends stay empty.
 */
export async function takeSlot(read: Read, keys: Keys): Promise<number> {
  for (;;) {
    const left = drawn.get(keys)
    const slot = left?.pop() ?? (await drawSlots(read, keys))
    await keys.ensureSlot(slot)
    if (keys.slotState(slot) === 'ready') return slot
  }
}

async function drawSlots(read: Read, keys: Keys): Promise<number> {
  const [slot, ...more] = await store.nextSlots(read, 32)
  drawn.set(keys, [...(drawn.get(keys) ?? []), ...more])
  return slot!
}

/** The blind terms by which a person can be found: parts of names, the phone, the document. */
export const termsOf = (keys: Keys, identity: Identity, callingCode: string): Buffer[] =>
  blindTerms(keys, identity, callingCode, nameTerms)
/** Every term that may have been stored for a person, now or by an earlier version. */
export const allTermsOf = (keys: Keys, identity: Identity, callingCode: string): Buffer[] =>
  blindTerms(keys, identity, callingCode, allNameTerms)

function blindTerms(keys: Keys, identity: Identity, callingCode: string, ofName: typeof nameTerms): Buffer[] {
  const name = [identity.givenName, identity.familyName, identity.knownAs].filter(Boolean).join(' ')
  const names = keys.blind('name')
  const terms = ofName(name).map(one => names.term(one))
  if (identity.phone) terms.push(keys.blind('phone').term(normalisePhone(identity.phone, callingCode)))
  if (identity.document) terms.push(keys.blind('document').term(normaliseDocument(identity.document)))
  return terms
}

export interface NewFolder {
  readonly id: string
  readonly slot: number
  readonly urgency: Urgency
  readonly child: boolean
  readonly sector: string | undefined
  readonly identity: Identity
}

/**
 * Makes a case folder with its identity sealed and searchable, and gives it to its maker.
 * @returns the reference people say on the phone: two groups of five digits
 */
export async function makeFolder(
  tx: Tx,
  actor: Actor,
  services: Services,
  key: KeyOf,
  made: NewFolder,
): Promise<string> {
  const reference = `${digits(5)}-${digits(5)}`
  const { id, identity } = made
  // Independent statements leave together: a pipelined connection does not wait between them.
  await Promise.all([
    makeCase(tx, id, ['ID', 'SVC', 'STA']),
    store.insertFolder(tx, {
      id,
      country: actor.country,
      reference,
      status: 'new',
      urgency: made.urgency,
      child: made.child,
      sector: made.sector ?? null,
      agency: actor.organisation,
      key_slot: made.slot,
      made_by: actor.user,
    }),
    store.insertIdentity(tx, id, sealAt(key(id, made.slot, 'ID'), 'identity', id, JSON.stringify(identity))),
    store.addTerms(tx, id, termsOf(services.keys, identity, callingCodeOf(services, actor.country))),
    putMatchTerms(tx, services, id, identity, callingCodeOf(services, actor.country)),
    addToTimeline(tx, actor, id, 'screening.recorded', {}),
  ])
  return reference
}

export const callingCodeOf = (services: Pick<Services, 'packs'>, country: string): string =>
  (services.packs.get(country)?.callingCode.value ?? '').replace('+', '')

/** Adds what happened to a case's history: an event's code and codes about it, never what was said. */
export const addToTimeline = (
  tx: Tx,
  actor: Actor,
  caseId: string,
  event: string,
  about: Record<string, string | number | boolean | readonly string[]>,
): Promise<void> =>
  store.insertTimeline(tx, {
    id: uuidv7(),
    case_id: caseId,
    event,
    account_id: actor.user,
    organisation_id: actor.organisation,
    about: JSON.stringify(about),
  })

/** The facts a rule about one case needs. @throws Problem not-found */
export async function caseFacts(read: Read, id: string): Promise<CaseFacts & { row: store.FolderRow }> {
  const [row, access] = await Promise.all([store.getFolder(read, id), findAccess(read, id)])
  return {
    row,
    access,
    folder: {
      id,
      status: row.status as CaseStatus,
      identification: row.identification as Identification,
      holder: row.holder,
      coordinator: row.coordinator,
      madeBy: row.made_by,
    },
  }
}

/** @throws Problem not-now when the state of the case does not allow the move */
export function requireMove({ folder }: CaseFacts, move: CaseMove): void {
  if (!mayMove(folder.status, move)) throw new Problem('not-now')
}

/**
 * The unit opens a case: it becomes the holder, and the clock for the reasonable-grounds decision starts.
 * @param referral the referral that shared it; null for a case that this member made
 * @param version the version it was read at
 */
export async function openFolder(
  tx: Tx,
  actor: Actor,
  services: Services,
  facts: CaseFacts,
  version: number,
  now: Date,
  referral: string | null,
) {
  requireMove(facts, 'open')
  const { id } = facts.folder
  const pack = services.packs.get(actor.country)!
  const clock = clockStart(pack, 'reasonable-grounds', now)
  await hold(tx, actor.organisation, id, referral)
  requireFresh(
    await store.changeFolder(tx, id, version, {
      status: 'opened',
      identification: 'pending',
      holder: actor.organisation,
      opened_at: now,
      due_at: clock?.due_at ?? null,
    }),
  )
  await startClocks(tx, pack, id, ['reasonable-grounds'], now)
  if ((await store.getFolder(tx, id)).child) await startGuardianClock(tx, actor, services, id, now)
  await addToTimeline(tx, actor, id, 'case.opened', {})
}

/** A job's own entry: nobody did it, time did. */
export const tellOfReferral = (
  tx: Tx,
  id: string,
  caseId: string,
  what: 'reminded' | 'overdue' | 'expired' | 'passed-on' | 'nobody',
  organisation: string | null,
): Promise<void> =>
  store.insertTimeline(tx, { id, case_id: caseId, event: `referral.${what}`, organisation_id: organisation })
