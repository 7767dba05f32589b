import {
  type Case,
  type Compartment,
  caseOf,
  type Person,
  type Referral,
  type Role,
  referralOf,
  type World,
} from './world.ts'

// Who may do what, said a second time by somebody who had not read the rules in src/: from the access matrix and the
// firewall rules of the design, in sets rather than in conditions. It shares no code with the product. Where the two
// differ, one of them has misread the design.

/** `refuse`: not a question of sight (the person sees the record) but the command must not succeed. */
export type Verdict = 'allow' | 'deny' | 'refuse'
export interface Target {
  readonly case?: string
  readonly referral?: string
  readonly screening?: string
  readonly decision?: string
  readonly organisation?: string
  /** Whose caseload. */
  readonly account?: string
  /** Of the referral to be sent. */
  readonly kind?: Referral['kind']
  readonly share?: readonly Compartment[]
}

const none: ReadonlySet<Compartment> = new Set()

/** Compartments that one referral opens to its recipient now. */
function opens(world: World, referral: Referral): ReadonlySet<Compartment> {
  if (referral.status === 'declined' || referral.status === 'revoked') return none
  const consent = caseOf(world, referral.case).consents.find(one => one.id === referral.consent)
  if (!consent || consent.withdrawn || !consent.recipients.includes(referral.to)) return none
  const withheld = consent.withhold.filter(one => one.recipient === referral.to).flatMap(one => one.compartments)
  return new Set(referral.share.filter(one => consent.compartments.includes(one) && !withheld.includes(one)))
}

/** What was shared with an organisation, and still is. */
function shared(world: World, organisation: string, id: string): ReadonlySet<Compartment> {
  const all = new Set<Compartment>()
  for (const one of world.referrals.values())
    if (one.case === id && one.to === organisation) for (const compartment of opens(world, one)) all.add(compartment)
  return all
}

/** What the accepted referral opened when the unit took the case on; whom it screened itself told it everything. */
function taken(world: World, one: Case): ReadonlySet<Compartment> {
  if (one.agency === one.holder) return new Set(['ID', 'SVC', 'STA'])
  const accepted = [...world.referrals.values()].filter(
    each =>
      each.case === one.id && each.to === one.holder && each.kind === 'identification' && each.status === 'accepted',
  )
  return new Set(accepted.flatMap(each => [...each.share]))
}

const made = (person: Person, one: Case) => one.madeBy === person.account
const holds = (person: Person, one: Case) => one.holder === person.organisation
const inCharge = (person: Person, one: Case) => holds(person, one) && one.coordinator === person.account
const sharedWith = (world: World, person: Person, one: Case) => shared(world, person.organisation, one.id).size > 0

type Rule = (world: World, person: Person, one: Case) => boolean
const ofHeld: Rule = (_, person, one) => holds(person, one)
const ofOwn: Rule = (_, person, one) => made(person, one)
const ofCharge: Rule = (_, person, one) => inCharge(person, one)
const ofShared: Rule = (world, person, one) => sharedWith(world, person, one)
const ofNamed: Rule = (world, person, one) => sight(world, person, one.id).has('ID')
const all =
  (...rules: Rule[]): Rule =>
  (world, person, one) =>
    rules.every(rule => rule(world, person, one))
const any =
  (...rules: Rule[]): Rule =>
  (world, person, one) =>
    rules.some(rule => rule(world, person, one))

type Rules = Readonly<Partial<Record<Role, Rule>>>
const care = (rule: Rule): Rules => ({ provider: rule, 'shelter-manager': rule })
const consents: Rules = {
  officer: ofOwn,
  intake: any(ofOwn, ofHeld, ofShared),
  coordinator: ofCharge,
  ...care(ofShared),
}
const screenings: Rules = {
  officer: ofOwn,
  intake: any(ofOwn, ofHeld, ofShared),
  'decision-maker': ofHeld,
  coordinator: ofCharge,
}
/** Whom the unit's own intake screened stays theirs until they open the case. */
const reading: Rules = { intake: any(ofOwn, ofHeld), 'decision-maker': ofHeld, coordinator: ofHeld }

/** Operations on one case: per role, for which cases. A role that is not named may not. */
const onCase: Readonly<Record<string, Rules>> = {
  'cases.read': reading,
  'referrals.caseFile': reading,
  'cases.open': { intake: any(ofOwn, ofHeld) },
  'cases.changeIdentity': { intake: all(ofHeld, ofNamed), coordinator: all(ofCharge, ofNamed) },
  'cases.changeLocation': { coordinator: ofCharge },
  'cases.addNote': { coordinator: ofCharge },
  'cases.assign': { intake: ofHeld, coordinator: ofCharge },
  'cases.decide': { 'decision-maker': ofHeld },
  'cases.confirm': { 'decision-maker': ofHeld },
  'consent.give': consents,
  'consent.refuse': consents,
  'consent.withdraw': consents,
  'consent.list': consents,
  // An officer reads the screenings they made one by one; those of a case may be others'.
  'screening.ofCase': { intake: any(ofHeld, ofShared), 'decision-maker': ofHeld, coordinator: ofCharge },
  'screening.read': screenings,
  'screening.complete': { intake: ofHeld, 'decision-maker': ofHeld },
}

/** Lists of cases and screenings: who may ask, and what the list holds. */
const lists: Readonly<Record<string, Rules>> = {
  'cases.list': { intake: ofHeld, 'decision-maker': ofHeld, coordinator: ofHeld },
  // A name finds only those whose name the reader may see.
  'cases.search': { intake: all(any(ofOwn, ofHeld), ofNamed), 'decision-maker': all(ofHeld, ofNamed) },
  'screening.list': screenings,
}

const answering: ReadonlySet<Role> = new Set<Role>(['intake', 'coordinator', 'provider', 'shelter-manager'])
/** Of the competent body: who sends and follows referrals. */
const desk: ReadonlySet<Role> = new Set<Role>(['intake', 'coordinator'])
const keepsServices: ReadonlySet<Role> = new Set<Role>([
  'intake',
  'coordinator',
  'provider',
  'shelter-manager',
  'supervisor',
])

const caseWithScreening = (world: World, id: string): { one: Case; by: string } | undefined => {
  for (const one of world.cases.values()) {
    const found = one.screenings.find(screening => screening.id === id)
    if (found) return { one, by: found.by }
  }
  return undefined
}

export const receives = (person: Person, referral: Referral): boolean =>
  answering.has(person.role) && referral.to === person.organisation
/** Referrals go between organisations: what somebody of the unit sent is the unit's, what an officer sent is theirs. */
export const sends = (person: Person, referral: Referral): boolean =>
  referral.from === person.account || (desk.has(person.role) && referral.fromOrganisation === person.organisation)
/** Who holds a case follows what was sent for it, whoever sent it. */
export const follows = (world: World, person: Person, referral: Referral): boolean =>
  desk.has(person.role) && holds(person, caseOf(world, referral.case))

function onReferral(world: World, person: Person, operation: string, referral: Referral): Verdict {
  const allowed = (yes: boolean): Verdict => (yes ? 'allow' : 'deny')
  if (operation === 'referrals.read')
    return allowed(sends(person, referral) || receives(person, referral) || follows(world, person, referral))
  if (operation === 'referrals.revoke') {
    if (person.role !== 'coordinator' || referral.from === person.account) return allowed(sends(person, referral))
    return allowed(sends(person, referral) && inCharge(person, caseOf(world, referral.case)))
  }
  if (!receives(person, referral)) return 'deny'
  // What is over is not answered again; whether that is said or the record is gone from sight is the product's choice.
  return opens(world, referral).size > 0 ? 'allow' : 'refuse'
}

function sending(world: World, person: Person, target: Target): boolean {
  const one = caseOf(world, target.case!)
  if (person.role === 'officer' || person.role === 'intake') if (made(person, one)) return true
  if (target.kind !== 'service') return false
  return person.role === 'intake' ? holds(person, one) : person.role === 'coordinator' && inCharge(person, one)
}

/** Nobody shares what was never opened to them; who asked the person themselves has all of it. */
function canShare(world: World, person: Person, { case: id, share = [] }: Target): boolean {
  const one = caseOf(world, id!)
  if (made(person, one)) return true
  const has = new Set([...taken(world, one), ...shared(world, person.organisation, one.id), 'STA'])
  return share.every(each => has.has(each))
}

/** Whether a person may do an operation to something that exists. */
export function verdict(world: World, person: Person, operation: string, target: Target = {}): Verdict {
  const allowed = (yes: boolean): Verdict => (yes ? 'allow' : 'deny')
  const role = person.role
  if (operation in lists) return allowed(role in lists[operation]!)
  if (target.screening !== undefined) {
    const found = caseWithScreening(world, target.screening)
    if (!found) return 'deny'
    if (role === 'officer' && operation === 'screening.read') return allowed(found.by === person.account)
    return allowed(onCase[operation]?.[role]?.(world, person, found.one) ?? false)
  }
  if (operation === 'cases.confirm') {
    const one = caseOf(world, target.case!)
    if (!onCase[operation]![role]?.(world, person, one)) return 'deny'
    return one.decisions.find(decision => decision.id === target.decision)?.by === person.account ? 'refuse' : 'allow'
  }
  if (operation in onCase)
    return allowed(onCase[operation]![role]?.(world, person, caseOf(world, target.case!)) ?? false)
  if (target.referral !== undefined) return onReferral(world, person, operation, referralOf(world, target.referral))
  switch (operation) {
    case 'screening.record':
      return allowed(role === 'officer' || (role === 'intake' && world.competent.has(person.organisation)))
    case 'referrals.send':
      return sending(world, person, target) ? (canShare(world, person, target) ? 'allow' : 'refuse') : 'deny'
    case 'referrals.list':
      return allowed(role === 'officer' || answering.has(role))
    case 'cases.handOver': {
      const whose = world.people.find(one => one.account === target.account)
      if (whose?.role !== 'coordinator' || whose.organisation !== person.organisation) return 'deny'
      return allowed(role === 'intake' || (role === 'coordinator' && whose.account === person.account))
    }
    // The coded list leaves with those who work through it; a bulk action inherits the strictest cell.
    case 'cases.exportCsv':
      return allowed(role === 'intake' || role === 'coordinator')
    case 'directory.country':
    case 'directory.list':
    case 'directory.get':
      return 'allow'
    case 'directory.create':
    case 'directory.change':
      return allowed(role === 'administrator')
    case 'directory.offer':
    case 'directory.withdraw':
    case 'directory.putOnCall':
      return allowed(
        role === 'administrator' || (keepsServices.has(role) && person.organisation === target.organisation),
      )
    default:
      return 'deny'
  }
}

/** Whether a person reads a screening; and whether they see the consents of a case. */
export const seesScreening = (world: World, person: Person, id: string): boolean =>
  verdict(world, person, 'screening.read', { screening: id }) === 'allow'
export const recordsConsent = (world: World, person: Person, id: string): boolean =>
  verdict(world, person, 'consent.list', { case: id }) === 'allow'

/** The ids that a list holds for this person. `box` for referrals. */
export function listed(world: World, person: Person, operation: string, box?: 'inbox' | 'sent'): Set<string> {
  if (verdict(world, person, operation) !== 'allow') return new Set()
  if (operation === 'referrals.list')
    return new Set(
      [...world.referrals.values()]
        .filter(one => (box === 'inbox' ? receives(person, one) : sends(person, one)))
        .map(one => one.id),
    )
  const rule = lists[operation]![person.role]!
  const seen = [...world.cases.values()].filter(one => rule(world, person, one))
  if (operation !== 'screening.list') return new Set(seen.map(one => one.id))
  const mine = person.role === 'officer' ? [...world.cases.values()] : seen
  return new Set(
    mine
      .flatMap(one => one.screenings)
      .filter(one => person.role !== 'officer' || one.by === person.account)
      .map(one => one.id),
  )
}

/** Compartments of a case that this person's reads may show. */
export function sight(world: World, person: Person, id: string): ReadonlySet<Compartment> {
  const one = caseOf(world, id)
  const given = shared(world, person.organisation, id)
  const has = (...list: Compartment[]) => new Set(list)
  // Taking a case on does not open who the person is: only the person's agreement did, or that the unit asked itself.
  const named = taken(world, one).has('ID') || given.has('ID')
  const known = (...list: Compartment[]) => new Set(list.filter(each => each !== 'ID' || named))
  switch (person.role) {
    case 'officer':
      return made(person, one) ? has('ID', 'STA') : none
    case 'intake':
      if (made(person, one)) return has('ID', 'STA')
      return holds(person, one) ? known('ID', 'STA') : given
    case 'decision-maker':
      return holds(person, one) ? known('ID', 'STA') : none
    case 'coordinator':
      if (inCharge(person, one)) return known('ID', 'SVC', 'LOC', 'STA')
      // Whoever answers a referral sees what it shared; once the case is held, only who is in charge.
      return holds(person, one) ? has('STA') : given
    case 'provider':
    case 'shelter-manager':
      return given
    default:
      return none
  }
}

/** Whether a reading of a screening shows this person what was told: its author, and where SVC was shared. */
export function storySeen(world: World, person: Person, id: string): boolean {
  const found = caseWithScreening(world, id)
  if (!found || verdict(world, person, 'screening.read', { screening: id }) !== 'allow') return false
  if (found.by === person.account) return true
  // What the unit was given when it took the case on stays in the case it holds.
  return (
    shared(world, person.organisation, found.one.id).has('SVC') ||
    (holds(person, found.one) && taken(world, found.one).has('SVC'))
  )
}
