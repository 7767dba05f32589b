import { careRules } from './care-rules.ts'
import { besideReferral } from './doors.ts'
import { aboutInstruments, ofInstruments } from './instruments.ts'
import { slices } from './slices.ts'
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

// Who may do what, said a second time from the decided rules in words: in sets and reasons rather than in conditions.
// It shares no code with the product's policies. Where the two differ, one of them has misread the rules.

/**
 * `refuse`: not a question of sight (the person sees the record) but the command must not succeed.
 * `done`: everything is in order, so it must succeed; `allow` leaves open what the state of the record allows.
 */
export type Verdict = 'allow' | 'deny' | 'refuse' | 'done'
export interface Target {
  readonly case?: string
  readonly referral?: string
  readonly screening?: string
  readonly interview?: string
  /** Code of an instrument; one that ships, or a draft. */
  readonly instrument?: string
  readonly decision?: string
  readonly organisation?: string
  /** Whose caseload. */
  readonly account?: string
  /** Of a file: where it belongs. */
  readonly compartment?: Compartment
  /** Which assessment of the care environment, or which action of one. */
  readonly thing?: string
  /** Of the referral to be sent; without a consent only who may send at all is asked. */
  readonly kind?: Referral['kind']
  readonly share?: readonly Compartment[]
  readonly to?: string
  readonly consent?: string
  /** Whom a consent that is given names. */
  readonly recipients?: readonly string[]
}

type Compartments = ReadonlySet<Compartment>
const none: Compartments = new Set()
const union = (sets: readonly Compartments[]): Compartments => new Set(sets.flatMap(one => [...one]))
/** Who the person is, only if that was shared. */
const named = (shared: Iterable<Compartment>, ...more: Compartment[]): Compartments =>
  new Set<Compartment>([...[...shared].filter(one => one === 'ID'), ...more])

/** Why somebody has to do with a case. Each begins and ends by itself. */
export interface Reason {
  readonly basis: 'own' | 'share' | 'holder' | 'assigned'
  /** An account or an organisation. */
  readonly principal: string
  /** The referral of a share, else the case. */
  readonly id: string
  readonly opens: Compartments
  /** What the person agreed to for identification, as far as this reason goes: nothing of it for a service. */
  readonly shared: Compartments
  readonly consent?: string
}

/** Whether a referral's share stands: it is not over, and its consent not withdrawn. */
export function stands(world: World, referral: Referral): boolean {
  if (['declined', 'revoked', 'done', 'ended'].includes(referral.status)) return false
  return caseOf(world, referral.case).consents.some(one => one.id === referral.consent && !one.withdrawn)
}

/** Every reason that anybody has, for one case. */
export function reasonsOf(world: World, one: Case): Reason[] {
  const asked: Compartments = new Set<Compartment>(['ID', 'SVC', 'STA'])
  const found: Reason[] = [{ basis: 'own', principal: one.madeBy, id: one.id, opens: asked, shared: asked }]
  for (const each of world.referrals.values())
    if (each.case === one.id && stands(world, each)) {
      const opens = new Set(each.share)
      const { to: principal, id, consent } = each
      found.push({ basis: 'share', principal, id, opens, shared: each.kind === 'service' ? none : opens, consent })
    }
  const shared = new Set(one.taken ?? [])
  if (one.holder)
    found.push({ basis: 'holder', principal: one.holder, id: one.id, opens: named(shared, 'STA'), shared })
  if (one.coordinator)
    found.push({
      basis: 'assigned',
      principal: one.coordinator,
      id: one.id,
      opens: named(shared, 'SVC', 'LOC', 'STA'),
      shared,
    })
  return found
}

/** Whose work is their organisation's. */
const ofOrganisation: ReadonlySet<Role> = new Set<Role>(['intake', 'decision-maker', 'provider', 'shelter-manager'])
/** Who answers for what an organisation was sent. */
const recipients: ReadonlySet<Role> = new Set<Role>(['intake', 'provider', 'shelter-manager'])
/** Who sees, in codes, what their unit holds. */
const unitRoles: ReadonlySet<Role> = new Set<Role>(['intake', 'coordinator', 'decision-maker'])
export const principalsOf = (person: Person): string[] =>
  ofOrganisation.has(person.role) ? [person.account, person.organisation] : [person.account]
/** The organisation whose folders a person lists. */
export const listsFor = (person: Person): string | undefined =>
  unitRoles.has(person.role) ? person.organisation : undefined
export const receivesShares = (person: Person): boolean => recipients.has(person.role)

/** The reasons that a person can stand on. */
export function reasonsFor(world: World, person: Person, id: string): Reason[] {
  const principals = principalsOf(person)
  return reasonsOf(world, caseOf(world, id)).filter(
    one => principals.includes(one.principal) && (one.basis !== 'share' || receivesShares(person)),
  )
}
const has = (reasons: readonly Reason[], ...bases: Reason['basis'][]) => reasons.some(one => bases.includes(one.basis))

/** Whether a share is of a referral that its organisation took on. */
export const tookOn = (world: World, { id }: Reason): boolean =>
  ['accepted', 'in-service'].includes(world.referrals.get(id)?.status ?? '')

/** How a person stands to a case, in the words of the rules. */
export function standing(world: World, person: Person, id: string) {
  const one = caseOf(world, id)
  const reasons = reasonsFor(world, person, id)
  const kept = reasons.filter(each => each.basis !== 'share')
  const held = has(reasons, 'holder')
  return {
    one,
    any: reasons.length > 0,
    made: has(reasons, 'own'),
    unopened: has(reasons, 'own') && one.status === 'new',
    held,
    assigned: has(reasons, 'assigned'),
    charge: person.role === 'coordinator' && has(reasons, 'assigned'),
    shared: has(reasons, 'share'),
    accepted: reasons.some(each => each.basis === 'share' && tookOn(world, each)),
    identified: reasons.some(each => each.basis === 'share' && world.referrals.get(each.id)?.kind === 'identification'),
    /** What may be passed on: never what was only shared. */
    holds: union(kept.flatMap(each => [each.opens, each.shared])),
    /** Whether who it is is held, not only shared. */
    named: kept.some(each => each.opens.has('ID')),
    opens: union(reasons.map(each => each.opens)),
    told: union(reasons.map(each => each.shared)).has('SVC'),
  }
}
export type Standing = ReturnType<typeof standing>
type Rule = (it: Standing) => boolean
/** Per role; a role that is not named may not. */
export type Rules = Readonly<Partial<Record<Role, Rule>>>

const held: Rule = it => it.held
const charge: Rule = it => it.charge
/** Who works with the person writes down what they say: not who was asked to and has not answered. */
const consents: Rules = {
  officer: it => it.made,
  intake: it => it.made || it.held || it.accepted,
  coordinator: charge,
  provider: it => it.accepted,
  'shelter-manager': it => it.accepted,
}
const ledger: Rules = {
  officer: it => it.made,
  intake: it => it.any,
  coordinator: charge,
  provider: it => it.shared,
  'shelter-manager': it => it.shared,
}
const services: ReadonlySet<Role> = new Set<Role>(['provider', 'shelter-manager'])
const reading: Rules = { intake: it => it.held || it.unopened, 'decision-maker': held, coordinator: charge }
export const screenings: Rules = {
  officer: it => it.made,
  intake: it => it.made || it.held || it.identified,
  'decision-maker': held,
  coordinator: charge,
}
const identities: Rules = {
  intake: it => (it.held || it.unopened) && it.named,
  coordinator: it => it.charge && it.named,
}
/** Who met the person goes on saying who they are, whoever has the case by now. */
export const identityFields: Rules = { ...identities, officer: it => it.made && it.named }
const onCase: Readonly<Record<string, Rules>> = {
  'cases.read': reading,
  'referrals.caseFile': reading,
  'cases.open': { intake: it => it.made },
  'cases.changeIdentity': identities,
  'cases.identity': identityFields,
  'cases.editIdentity': identityFields,
  'cases.conflicts': identityFields,
  'cases.settleConflict': identityFields,
  ...Object.fromEntries(['changeLocation', 'where', 'addNote'].map(one => [`cases.${one}`, { coordinator: charge }])),
  'cases.assign': { intake: held, coordinator: charge },
  'cases.lastHandOver': { intake: held, coordinator: charge },
  'cases.decide': { 'decision-maker': held },
  // What they may move then is the country's to say, and a question of where the case stands.
  'cases.move': { intake: held, coordinator: charge, 'decision-maker': held },
  'cases.changeTrack': { coordinator: charge },
  'cases.evidence': { 'decision-maker': held },
  'cases.pauseClock': { coordinator: charge, 'decision-maker': held },
  'cases.resumeClock': { coordinator: charge, 'decision-maker': held },
  'cases.extendClock': { coordinator: charge, 'decision-maker': held },
  'cases.decisionNotice': { coordinator: charge, 'decision-maker': held },
  'cases.confirm': { 'decision-maker': held },
  ...careRules,
  'consent.give': consents,
  'consent.refuse': consents,
  'consent.withdraw': consents,
  'consent.list': ledger,
  // No law of this country was verified, so nobody is told of without a consent.
  'consent.notify': {},
  // Officers read the screenings that they wrote one by one; those of a case may be others'.
  'screening.ofCase': { ...screenings, officer: () => false },
  'screening.read': screenings,
  'screening.complete': { intake: held, 'decision-maker': held },
}

/** Lists of cases and screenings: who may ask, and what the list holds. */
const findable: Rule = it => it.held && it.named
const lists: Readonly<Record<string, Rules>> = {
  'cases.search': { intake: findable, 'decision-maker': findable, coordinator: it => it.charge && it.named },
  'cases.myConflicts': identityFields,
  'cases.clocks': { intake: held, 'decision-maker': held, coordinator: charge },
  'screening.list': screenings,
}

const caseWithScreening = (world: World, id: string): { one: Case; by: string } | undefined => {
  for (const one of world.cases.values()) {
    const found = one.screenings.find(screening => screening.id === id)
    if (found) return { one, by: found.by }
  }
  return undefined
}

/** Of the organisation it was sent to, also after it closed. */
const receives = (person: Person, referral: Referral): boolean =>
  recipients.has(person.role) && referral.to === person.organisation
const sends = (person: Person, referral: Referral): boolean =>
  referral.from === person.account || (person.role === 'intake' && referral.fromOrganisation === person.organisation)
/** Intake of the unit that holds the case, and the coordinator in charge of it. */
const follows = (world: World, person: Person, referral: Referral): boolean => {
  const it = standing(world, person, referral.case)
  return (person.role === 'intake' && it.held) || it.charge
}

function onReferral(world: World, person: Person, operation: string, referral: Referral): boolean {
  if (operation === 'referrals.read')
    return receives(person, referral) || sends(person, referral) || follows(world, person, referral)
  if (operation === 'referrals.revoke') return sends(person, referral)
  const it = standing(world, person, referral.case)
  const how = { sent: sends(person, referral), stands: stands(world, referral) }
  const beside = besideReferral(person, operation, referral, how, it)
  if (beside !== undefined) return beside
  // Nobody answers what they asked themselves.
  const answers = receives(person, referral) && stands(world, referral) && referral.from !== person.account
  return answers || (operation === 'referrals.end' && sends(person, referral))
}

function maySend(person: Person, it: Standing, kind: Referral['kind']): boolean {
  if (it.made && (person.role === 'officer' || person.role === 'intake')) return true
  if (kind === 'identification') return false
  return it.charge || (person.role === 'intake' && it.held)
}

/** Whether the person agreed to all of it, and the sender has it to give. */
function canSend(world: World, person: Person, it: Standing, { kind, to, consent: id, share }: Target): boolean {
  const consent = it.one.consents.find(one => one.id === id)
  if (!consent || consent.withdrawn || !consent.recipients.includes(to!)) return false
  if (!consent.purposes.includes(kind === 'service' ? 'services' : 'identification')) return false
  if (kind === 'service' && share!.some(one => one !== 'ID' && one !== 'STA')) return false
  if (kind === 'identification' && (!world.competent.has(to!) || to === person.organisation)) return false
  const withheld = consent.withhold.filter(one => one.recipient === to).flatMap(one => one.compartments)
  return [...share!, 'STA' as const].every(
    one => (one === 'STA' || consent.compartments.includes(one)) && !withheld.includes(one) && it.holds.has(one),
  )
}

/** Whether a person may do an operation to something that exists. */
export function verdict(world: World, person: Person, operation: string, target: Target = {}): Verdict {
  const allowed = (yes: boolean): Verdict => (yes ? 'allow' : 'deny')
  const role = person.role
  const it = target.case ? standing(world, person, target.case) : undefined
  for (const of of slices) {
    const said = of(person, operation, it, target)
    if (said) return said
  }
  if (operation in lists) return allowed(role in lists[operation]!)
  if (aboutInstruments.has(operation)) return allowed(ofInstruments(world, person, operation, target))
  if (operation in onCase) {
    const id = target.screening === undefined ? target.case! : caseWithScreening(world, target.screening)?.one.id
    if (id === undefined) return 'deny'
    const it = standing(world, person, id)
    if (!onCase[operation]![role]?.(it)) return 'deny'
    // Who gives a service writes down what their own organisation gave.
    if (operation === 'care.deliver' && services.has(role) && target.organisation !== person.organisation) return 'deny'
    // A case is opened once; and nobody seconds what they decided themselves.
    if (operation === 'cases.open' && !it.unopened) return 'refuse'
    // Nobody grants for themselves.
    if (operation === 'consent.give' && services.has(role) && target.recipients?.includes(person.organisation))
      return 'refuse'
    if (operation === 'cases.confirm')
      return it.one.decisions.find(one => one.id === target.decision)?.by === person.account ? 'refuse' : 'allow'
    return 'allow'
  }
  if (target.referral !== undefined)
    return allowed(onReferral(world, person, operation, referralOf(world, target.referral)))
  switch (operation) {
    case 'cases.list':
      return allowed(unitRoles.has(role))
    case 'screening.record':
      return allowed(role === 'officer' || role === 'intake')
    case 'referrals.send': {
      const it = standing(world, person, target.case!)
      if (!maySend(person, it, target.kind!)) return 'deny'
      if (target.consent === undefined) return 'allow'
      return canSend(world, person, it, target) ? 'done' : 'refuse'
    }
    case 'referrals.list':
      return allowed(role === 'officer' || role === 'coordinator' || recipients.has(role))
    case 'consent.notifications':
      return allowed((role === 'intake' || role === 'coordinator') && world.competent.has(person.organisation))
    case 'cases.handOver':
      return allowed(role === 'intake' || (role === 'coordinator' && target.account === person.account))
    case 'cases.exportCsv':
      return allowed(role === 'intake' || role === 'coordinator')
    default:
      return 'deny'
  }
}

/** The ids that a list holds for this person. `box` for referrals. */
export function listed(world: World, person: Person, operation: string, box?: 'inbox' | 'sent'): Set<string> {
  if (verdict(world, person, operation) !== 'allow') return new Set()
  if (operation === 'referrals.list') {
    const sentBy = (one: Referral) =>
      recipients.has(person.role) ? one.fromOrganisation === person.organisation : one.from === person.account
    const holds = box === 'inbox' ? (one: Referral) => receives(person, one) : sentBy
    return new Set([...world.referrals.values()].filter(holds).map(one => one.id))
  }
  const all = [...world.cases.values()]
  if (operation === 'cases.list')
    return new Set(all.filter(one => one.holder === person.organisation).map(one => one.id))
  const rule = lists[operation]![person.role]!
  const seen = all.filter(one => rule(standing(world, person, one.id)))
  if (operation !== 'screening.list') return new Set(seen.map(one => one.id))
  return new Set(seen.flatMap(one => one.screenings).map(one => one.id))
}

/** Compartments of a case that reading it shows this person. */
export function sight(world: World, person: Person, id: string): Compartments {
  if (verdict(world, person, 'cases.read', { case: id }) !== 'allow') return none
  const it = standing(world, person, id)
  // Care and place belong to who is in charge.
  const most: readonly Compartment[] = it.charge ? ['ID', 'SVC', 'LOC', 'STA'] : ['ID', 'STA']
  return new Set(most.filter(one => it.opens.has(one)))
}

/** Whether a reading of a referral says who it is about: by this referral's live share, or by what the reader holds. */
export function namedBy(world: World, person: Person, referral: Referral): boolean {
  if (receives(person, referral) && stands(world, referral) && referral.share.includes('ID')) return true
  return standing(world, person, referral.case).named
}

/** Whether a reading of a screening shows this person what was told: its author, and where SVC was shared. */
export function storySeen(world: World, person: Person, id: string): boolean {
  const found = caseWithScreening(world, id)
  if (!found || verdict(world, person, 'screening.read', { screening: id }) !== 'allow') return false
  return found.by === person.account || standing(world, person, found.one.id).told
}
export const writtenBy = (world: World, id: string): string | undefined => caseWithScreening(world, id)?.by
