import type { Case as CaseRecord, CaseRow } from '#capabilities/cases/contract.ts'
import type { ConsentRecord } from '#capabilities/consent/contract.ts'
import type { ReferralRow } from '#capabilities/referrals/contract.ts'

// What has happened so far, as plain data. Nothing here knows who may do what (that is oracle.ts), and nothing here
// is taken from the server: the world changes only because a command was answered with success.

export type Role =
  | 'officer'
  | 'intake'
  | 'coordinator'
  | 'decision-maker'
  | 'provider'
  | 'shelter-manager'
  | 'supervisor'
  | 'investigator'
  | 'prosecutor'
  | 'secretariat'
  | 'analyst'
  | 'trainer'
  | 'fund-officer'
  | 'donor'
  | 'administrator'
  | 'data-protection-officer'
type DecisionRecord = NonNullable<CaseRecord['decisions']>[number]
export type Compartment = ConsentRecord['compartments'][number]

export interface Person {
  readonly key: string
  readonly account: string
  readonly role: Role
  readonly organisation: string
}
export type Purpose = ConsentRecord['purposes'][number]
export interface Consent {
  readonly id: string
  readonly purposes: readonly Purpose[]
  readonly recipients: readonly string[]
  readonly compartments: readonly Compartment[]
  readonly withhold: readonly { readonly recipient: string; readonly compartments: readonly Compartment[] }[]
  withdrawn: boolean
}
interface Decision {
  readonly id: string
  readonly by: string
  readonly outcome: DecisionRecord['outcome']
  state: DecisionRecord['state']
}
export interface Case {
  readonly id: string
  /** The account that recorded the first screening. */
  readonly madeBy: string
  readonly agency: string
  readonly screenings: { readonly id: string; readonly by: string; readonly story: boolean }[]
  readonly interviews: { readonly id: string; readonly by: string }[]
  readonly consents: Consent[]
  readonly decisions: Decision[]
  status: CaseRow['status']
  /** The competent body that took the case on. */
  holder?: string
  /** What the person had agreed to share with it by then; a withdrawal does not take it back. */
  taken?: readonly Compartment[]
  /** The account in charge. */
  coordinator?: string
}
export interface Referral {
  readonly id: string
  readonly case: string
  readonly kind: ReferralRow['kind']
  readonly from: string
  readonly fromOrganisation: string
  readonly to: string
  readonly consent: string
  readonly share: readonly Compartment[]
  status: ReferralRow['status']
}
export interface World {
  readonly people: readonly Person[]
  /** Organisations that a country made competent to identify. */
  readonly competent: ReadonlySet<string>
  readonly cases: Map<string, Case>
  readonly referrals: Map<string, Referral>
}

export const emptyWorld = (people: readonly Person[], competent: Iterable<string>): World => ({
  people,
  competent: new Set(competent),
  cases: new Map(),
  referrals: new Map(),
})

/** Forgets what happened, so that another history can begin among the same people. */
export function emptied(world: World): void {
  world.cases.clear()
  world.referrals.clear()
}

export const caseOf = (world: World, id: string): Case => {
  const found = world.cases.get(id)
  if (!found) throw new Error(`no case ${id} in this world`)
  return found
}
export const referralOf = (world: World, id: string): Referral => {
  const found = world.referrals.get(id)
  if (!found) throw new Error(`no referral ${id} in this world`)
  return found
}

// What each command does to the world.

export function recorded(world: World, by: Person, done: { case: string; screening: string; story: boolean }): void {
  world.cases.set(done.case, {
    id: done.case,
    madeBy: by.account,
    agency: by.organisation,
    screenings: [{ id: done.screening, by: by.account, story: done.story }],
    interviews: [],
    consents: [],
    decisions: [],
    status: 'new',
  })
}

export function interviewed(world: World, by: Person, id: string, interview: string): void {
  caseOf(world, id).interviews.push({ id: interview, by: by.account })
}

export function gave(world: World, id: string, consent: Omit<Consent, 'withdrawn'>): void {
  caseOf(world, id).consents.push({ ...consent, withdrawn: false })
}

export function withdrew(world: World, id: string, consent: string): void {
  for (const one of caseOf(world, id).consents) if (one.id === consent) one.withdrawn = true
  for (const one of world.referrals.values())
    if (one.consent === consent && (one.status === 'sent' || one.status === 'acknowledged')) one.status = 'revoked'
}

export function sent(world: World, by: Person, one: Omit<Referral, 'from' | 'fromOrganisation' | 'status'>): void {
  world.referrals.set(one.id, { ...one, from: by.account, fromOrganisation: by.organisation, status: 'sent' })
}

export function answered(world: World, id: string, status: Exclude<Referral['status'], 'sent'>): void {
  const referral = referralOf(world, id)
  referral.status = status
  if (status !== 'accepted' || referral.kind !== 'identification') return
  const found = caseOf(world, referral.case)
  // A case is opened once; a second referral to the same body changes nothing of what it holds.
  if (found.status !== 'new') return
  found.holder = referral.to
  found.taken = referral.share
  found.status = 'opened'
}

export function opened(world: World, by: Person, id: string): void {
  const found = caseOf(world, id)
  found.status = 'opened'
  found.holder = by.organisation
  // They asked the person themselves.
  found.taken = ['ID', 'SVC', 'STA']
}

export function assigned(world: World, id: string, coordinator: string): void {
  caseOf(world, id).coordinator = coordinator
}

export function handedOver(world: World, from: string, to: string): void {
  for (const one of world.cases.values()) if (one.coordinator === from) one.coordinator = to
}

export function decided(
  world: World,
  id: string,
  by: Person,
  decision: { id: string; outcome: Decision['outcome'] },
): void {
  const state = decision.outcome === 'positive' ? 'confirmed' : 'proposed'
  caseOf(world, id).decisions.push({ ...decision, by: by.account, state })
}

export function seconded(world: World, id: string, decision: string, answer: 'confirmed' | 'returned'): void {
  for (const one of caseOf(world, id).decisions) if (one.id === decision) one.state = answer
}
