import { labourCard } from '#capabilities/screening/instruments/card-labour.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey, people, stableId } from '../../tools/demonstration/people.ts'
import { attachmentsOnCase } from './attachments.ts'
import { onCare } from './care.ts'
import { edit, settle } from './conflicts.ts'
import { doorsOnReferral } from './doors.ts'
import { escalationLists, escalationOnCase } from './escalation.ts'
import { feedbackOnReferral } from './feedback.ts'
import { healthOnCase } from './health.ts'
import { justiceLists, justiceOnCase, onLeads } from './justice.ts'
import { matchingLists, matchingOnCase } from './matching.ts'
import { operations } from './operations.ts'
import type { Target } from './oracle.ts'
import { oversightLists, oversightOnCase, plant } from './oversight.ts'
import { performanceLists } from './performance.ts'
import { roundsOnCase } from './rounds.ts'
import { onSituation, putSituation, situationLists } from './situation.ts'
import {
  assign,
  complete,
  decide,
  elsewhere,
  give,
  identify,
  interview,
  locate,
  move,
  moves,
  note,
  notify,
  onClock,
  open,
  override,
  type Parts,
  record,
  refer,
  refuse,
  type Stage,
  type Step,
  second,
  tracked,
  unit,
  withdraw,
  withdraws,
} from './stage.ts'
import { taskLists, tasksOnCase } from './tasks.ts'
import { visitsOnCase } from './visits.ts'
import { whereOnReferral } from './whereabouts.ts'

/** One request by one person about one thing, and the same request about a thing that does not exist. */
export interface Attempt {
  readonly by: PersonKey
  readonly operation: string
  readonly about: string
  readonly parts: Parts
  readonly target: Target
  /** What success does to the world, where that is not nothing. */
  readonly apply?: Step['apply']
  /** The request about nothing; a refusal must look the same. Absent where the request names no record. */
  readonly missing?: Parts
}

/** A version that no record has: what may be done is answered 412 or 409, and the world stays as it is. */
const stale = 999_999
const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

/** Sent on a consent that is none, so that only who may send at all is asked. */
const withoutConsent = ({ consent: _, ...target }: Target): Target => target

const ofStep = (about: string, step: Step, missing?: Step): Attempt => {
  const declared = operations.get(step.operation)!
  const versioned = declared.kind === 'command' && declared.ifMatch ? { version: stale } : {}
  return {
    by: step.by,
    operation: step.operation,
    about,
    parts: { ...step.parts, ...versioned },
    target: step.operation === 'referrals.send' ? withoutConsent(step.target) : step.target,
    ...(step.operation === 'screening.record' ? { apply: step.apply } : {}),
    ...(missing ? { missing: { ...missing.parts, ...versioned } } : {}),
  }
}
const read = (
  by: PersonKey,
  operation: string,
  about: string,
  params: Record<string, string>,
  target: Target,
): Attempt => ({
  by,
  operation,
  about,
  parts: { params },
  target,
  missing: { params: Object.fromEntries(Object.keys(params).map(name => [name, uuidv7()])) },
})

/** Lists name no record; what they hold is compared apart. */
export const listsOf = (by: PersonKey): Attempt[] => [
  { by, operation: 'cases.list', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'cases.search', about: '', parts: { query: { words: 'Quintanilla' } }, target: {} },
  { by, operation: 'cases.clocks', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'cases.myConflicts', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'screening.list', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'screening.instruments', about: '', parts: {}, target: {} },
  { by, operation: 'referrals.list', about: 'inbox', parts: { query: { box: 'inbox', limit: '100' } }, target: {} },
  { by, operation: 'referrals.list', about: 'sent', parts: { query: { box: 'sent', limit: '100' } }, target: {} },
  { by, operation: 'consent.notifications', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'cases.exportCsv', about: '', parts: {}, target: {} },
  ...taskLists(by),
  ...escalationLists(by),
  ...justiceLists(by),
  ...matchingLists(by),
  ...situationLists(by),
  ...performanceLists(by),
  { by, operation: 'directory.country', about: '', parts: {}, target: {} },
  { by, operation: 'directory.list', about: '', parts: { query: { limit: '100' } }, target: {} },
  { by, operation: 'directory.services', about: '', parts: { query: { limit: '100' } }, target: {} },
]

/** Every operation on one case, by one person. `spare` is a live consent of the case that may be withdrawn. */
export function onCase(stage: Stage, by: PersonKey, name: string, id: string, spare: string): Attempt[] {
  const none = uuidv7()
  const step = (make: (of: string) => Step) => ofStep(name, make(id), make(none))
  const world = stage.world.cases.get(id)!
  const noConsent = uuidv7()
  return [
    read(by, 'cases.read', name, { case: id }, { case: id }),
    ...oversightOnCase(by, stage, name, id),
    ...justiceOnCase(by, name, id),
    ...matchingOnCase(by, name, id),
    ...tasksOnCase(by, name, id),
    ...escalationOnCase(by, name, id),
    ...visitsOnCase(by, name, id),
    ...roundsOnCase(by, name, id),
    ...onCare(stage, by, name, id),
    ...healthOnCase(by, name, id),
    read(by, 'referrals.caseFile', name, { case: id }, { case: id }),
    read(by, 'screening.ofCase', name, { case: id }, { case: id }),
    read(by, 'screening.interviews', name, { case: id }, { case: id }),
    read(by, 'consent.list', name, { case: id }, { case: id }),
    step(of => open(by, of)),
    step(of => identify(by, of)),
    read(by, 'cases.identity', name, { case: id }, { case: id }),
    step(of => edit(by, of)),
    read(by, 'cases.conflicts', name, { case: id }, { case: id }),
    step(of => settle(by, of)),
    step(of => locate(by, of)),
    step(of => note(by, of)),
    ...attachmentsOnCase(by, name, id),
    step(of => assign(by, of, 'dalia')),
    read(by, 'cases.lastHandOver', name, { case: id }, { case: id }),
    read(by, 'cases.where', name, { case: id }, { case: id }),
    step(of => decide(by, of, world.screenings[0]!.id, 'positive')),
    step(of => withdraws(by, of)),
    step(of => tracked(by, of)),
    read(by, 'cases.evidence', name, { case: id }, { case: id }),
    ...(['pauseClock', 'resumeClock', 'extendClock'] as const).map(verb => step(of => onClock(by, of, verb))),
    ...world.decisions.map((one): Attempt => {
      const ofDecision = (of: string, decision: string): Parts => ({ params: { case: of, decision, language: 'es' } })
      return {
        by,
        operation: 'cases.decisionNotice',
        about: name,
        parts: ofDecision(id, one.id),
        target: { case: id },
        missing: ofDecision(none, uuidv7()),
      }
    }),
    step(of => give(by, of, { recipients: [elsewhere] })),
    step(of => give(by, of, { recipients: [elsewhere, stage.person(by).organisation] })),
    step(of => refuse(by, of)),
    step(of => notify(by, of)),
    step(of => withdraw(by, of, spare)),
    // Without a consent nothing is sent: who may send is told 400, and the world stays as it is.
    step(of => refer(by, { case: of, kind: 'identification', to: unit, consent: noConsent })),
    step(of => refer(by, { case: of, kind: 'service', to: elsewhere, consent: noConsent })),
    ...world.decisions.map(one =>
      ofStep(name, second(by, id, one.id, 'returned'), second(by, none, uuidv7(), 'returned')),
    ),
    step(of => interview(by, of, 'short-screen')),
    step(of => interview(by, of, 'interview-adult')),
    ...world.interviews.map(one => ofStep(name, override(by, one.id), override(by, uuidv7()))),
    ...world.screenings.flatMap(one => [
      read(by, 'screening.read', name, { screening: one.id }, { screening: one.id }),
      ofStep(name, complete(by, one.id), complete(by, uuidv7())),
    ]),
  ]
}

export const onReferral = (by: PersonKey, name: string, referral: string): Attempt[] => [
  read(by, 'referrals.read', name, { referral }, { referral }),
  ...doorsOnReferral(by, name, referral),
  ...feedbackOnReferral(by, name, referral),
  ...whereOnReferral(by, name, referral),
  ...moves.map(verb => ofStep(name, move(by, verb, referral), move(by, verb, uuidv7()))),
]

const staffed = ['counter-trafficking-unit', 'labour-inspectorate', 'police', 'samaan-house', 'claro-clinic'] as const
const aService = {
  'counter-trafficking-unit': 'transport',
  'samaan-house': 'food',
  'claro-clinic': 'medical-care',
} as const

const memberOf = (body: (typeof staffed)[number]): PersonKey => people.find(one => one.body === body)!.key
const dutyId = (body: (typeof staffed)[number]): string => stableId(`duty ${body}`)

/** A duty that was ended, a service that was withdrawn, is put back for the next person. */
export async function putBack(stage: Stage, { operation, parts }: Attempt): Promise<void> {
  if (operation === 'directory.endOnCall') await putOnRosters(stage)
  if (operation === 'directory.withdraw')
    await stage.truth.query('update directory.service set active = true where id = $1', [parts.params!.service!])
}

/** What is asked about beside cases: duties, drafts, and a kind of place in everything that is offered. */
export async function putElsewhere(stage: Stage): Promise<void> {
  await putOnRosters(stage)
  await putDraft(stage)
  await putSituation(stage)
  await stage.truth.query(
    `insert into directory.place (service_id, kind, total, free)
     select s.id, 'anybody', 2, 1 from directory.service s on conflict do nothing`,
  )
}

/** Puts a coming duty of one of its people on the roster of every organisation, where it is not there already. */
async function putOnRosters(stage: Stage): Promise<void> {
  for (const body of staffed)
    await stage.truth.query(
      `insert into directory.on_call (id, organisation_id, account_id, starts_at, ends_at)
       values ($1, $2, $3, now() + interval '30 days', now() + interval '31 days') on conflict do nothing`,
      [dutyId(body), organisationId(body), accountId(memberOf(body))],
    )
}

const draft = { instrument: 'boat-card', version: '1' }
/** Leaves a draft of an instrument where every editor of the country finds it. */
const putDraft = (stage: Stage): Promise<unknown> =>
  stage.truth.query(
    `insert into screening.instrument (country, code, version, definition, rules, about, made_by)
     values ('XSA', $1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      draft.instrument,
      draft.version,
      JSON.stringify({ ...labourCard.form, id: draft.instrument, version: draft.version }),
      JSON.stringify(labourCard.rules),
      JSON.stringify(labourCard.about),
      accountId('silas'),
    ],
  )

/** Instruments are nobody's case either. */
function onInstruments(by: PersonKey): Attempt[] {
  const one = (operation: string, parts: Parts): Attempt => ({ by, operation, about: '', parts, target: {} })
  const changed = (operation: string): Attempt => ({
    ...one(operation, { params: draft, body: {}, version: stale }),
    missing: { params: { ...draft, instrument: 'no-card' }, body: {}, version: stale },
  })
  // Begins as a workbook does and is none: whoever may bring one is told so.
  const body = { sheet: 'UEsDBA==' }
  return [
    ...['short-screen', 'interview-adult'].flatMap(instrument =>
      ['screening.instrument', 'screening.xform', 'screening.exportInstrument'].map(operation =>
        read(by, operation, instrument, { instrument }, { instrument }),
      ),
    ),
    changed('screening.publishInstrument'),
    changed('screening.withdrawInstrument'),
    one('screening.checkSheet', { body }),
    one('screening.importInstrument', { body }),
  ]
}

/** Everything that belongs to organisations or to nobody's case. */
export function elsewhereOf(by: PersonKey): Attempt[] {
  const details = { kind: 'ngo', name: 'Casa Nueva', languages: ['es'] }
  const onOrganisation = (body: (typeof staffed)[number]): Attempt[] => {
    const organisation = organisationId(body)
    const member = memberOf(body)
    const attempt = (operation: string, parts: Omit<Parts, 'params'>, more: Record<string, string> = {}): Attempt => ({
      by,
      operation,
      about: body,
      parts: { params: { organisation, ...more }, ...parts },
      target: { organisation },
      missing: { params: { organisation: uuidv7(), ...more }, ...parts },
    })
    const offered =
      body in aService ? stableId(`service ${body} ${aService[body as keyof typeof aService]}`) : undefined
    return [
      read(by, 'directory.get', body, { organisation }, { organisation }),
      attempt('directory.change', { body: { ...details, active: true }, version: stale }),
      attempt('directory.offer', { body: { id: uuidv7(), kind: 'cash', languages: ['en'] } }),
      attempt('directory.brought', {}),
      attempt('directory.putOnCall', {
        body: { id: uuidv7(), account: accountId(member), from: soon(1), to: soon(2) },
      }),
      attempt('directory.endOnCall', {}, { duty: dutyId(body) }),
      ...(offered
        ? [
            attempt('directory.changeService', { body: { languages: ['en'] }, version: stale }, { service: offered }),
            attempt('directory.setPlaces', { body: { places: [] }, version: stale }, { service: offered }),
            attempt(
              'directory.countPlaces',
              { body: { free: 0 }, version: stale },
              { service: offered, kind: 'anybody' },
            ),
            attempt('directory.withdraw', {}, { service: offered }),
          ]
        : []),
    ]
  }
  const coordinators = (['dalia', 'bastien'] as const).map(
    (whose): Attempt => ({
      by,
      operation: 'cases.handOver',
      about: whose,
      // To oneself is refused, so that nothing moves: whoever may hand over is told 400.
      parts: { params: { account: accountId(whose) }, body: { to: accountId(whose) } },
      target: { account: accountId(whose) },
      missing: { params: { account: uuidv7() }, body: { to: accountId(whose) } },
    }),
  )
  return [
    ofStep('', record(by, uuidv7())),
    ...oversightLists(by),
    ...onLeads(by),
    plant(by),
    ...onInstruments(by),
    ...onSituation(by),
    ...staffed.flatMap(onOrganisation),
    { by, operation: 'directory.create', about: '', parts: { body: { id: uuidv7(), ...details } }, target: {} },
    // No file at all, and one that was never checked: whoever may is told 400 and 409.
    { by, operation: 'directory.checkHsds', about: '', parts: { body: { file: 'AAAA' } }, target: {} },
    {
      by,
      operation: 'directory.bringHsds',
      about: '',
      parts: { body: { file: 'AAAA', checked: '0'.repeat(43) } },
      target: {},
    },
    { by, operation: 'directory.exportHsds', about: '', parts: {}, target: {} },
    { by, operation: 'directory.unlisted', about: '', parts: {}, target: {} },
    // One that is nobody's: whoever may is told 400.
    {
      by,
      operation: 'directory.publish',
      about: '',
      parts: { body: { services: [{ id: uuidv7(), version: 1, organisationVersion: 1 }] } },
      target: {},
    },
    ...coordinators,
  ]
}

/** A live consent of every case on which nothing was shared: withdrawing it changes nobody's sight. */
export async function spares(stage: Stage): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const one of stage.world.cases.values()) {
    const id = uuidv7()
    const by = people.find(person => stage.person(person.key).account === one.madeBy)!.key
    const done = await stage.perform(give(by, one.id, { id, recipients: [elsewhere] }))
    if (done.reply.status < 300) found.set(one.id, id)
  }
  return found
}
