import assert from 'node:assert/strict'
import pg from 'pg'
import { itemsFor } from '#capabilities/cases/contract-charge.ts'
import { address } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey, people } from '../../tools/demonstration/people.ts'
import { safePlace } from '../canary/safe-place.ts'
import { type Harness, type Persona, startHarness } from '../harness/harness.ts'
import { explained, screenedBody } from '../harness/make.ts'
import { operations } from './operations.ts'
import { type Target, type Verdict, verdict } from './oracle.ts'
import { type Reply, replyOf } from './reply.ts'
import type { Compartment, Person, World } from './world.ts'
import * as model from './world.ts'

export const unit = organisationId('counter-trafficking-unit')
export const shelter = organisationId('samaan-house')
export const clinic = organisationId('claro-clinic')
/** An organisation where nobody of the demonstration works. */
export const elsewhere = organisationId('legal-aid')

export interface Parts {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: unknown
  readonly version?: number
}
/** One command of a history: who sends what, what the oracle looks at, and what success does to the world. */
export interface Step {
  readonly by: PersonKey
  readonly operation: string
  readonly parts: Parts
  readonly target: Target
  readonly apply: (world: World, by: Person) => void
}
export interface Done {
  readonly step: Step
  readonly expected: Verdict
  readonly reply: Reply
}

export interface Stage {
  readonly harness: Harness
  readonly world: World
  readonly personas: ReadonlyMap<PersonKey, Persona>
  readonly person: (key: PersonKey) => Person
  /** Sees every row; for the truth that the oracle's rules are applied to, never for a request. */
  readonly truth: pg.Client
  /** Answers in which something of the planted place stood: `operation` → who had it. */
  readonly placesTold: ReadonlyMap<string, ReadonlySet<string>>
  readonly send: (key: PersonKey | undefined, operation: string, parts: Parts) => Promise<Reply>
  readonly perform: (step: Step) => Promise<Done>
  /** Performs steps that must succeed. */
  readonly play: (...steps: readonly Step[]) => Promise<void>
  readonly version: (
    table: 'cases.folder' | 'cases.identity' | 'cases.location' | 'referrals.referral',
    id: string,
  ) => Promise<number>
  readonly close: () => Promise<void>
}

/** All of them prove again who they are: what is tried takes longer than a proof lasts. */
export const proveAgain = (stage: Stage) => stage.truth.query('update auth.session set proven_at = now()')

export async function openStage(): Promise<Stage> {
  const harness = await startHarness()
  const truth = new pg.Client({ connectionString: harness.database.url('super') })
  await truth.connect()
  const personas = new Map<PersonKey, Persona>()
  for (const { key } of people) personas.set(key, await harness.as(key))
  const persons = new Map<PersonKey, Person>(
    people.map(one => [
      one.key,
      { key: one.key, account: accountId(one.key), role: one.role, organisation: organisationId(one.body) },
    ]),
  )
  const world = model.emptyWorld([...persons.values()], [unit])
  const person = (key: PersonKey) => persons.get(key)!

  const placesTold = new Map<string, Set<string>>()
  const send: Stage['send'] = async (key, id, parts) => {
    const operation = operations.get(id)!
    const headers: Record<string, string> = { accept: 'application/json' }
    if (operation.kind === 'command') headers['idempotency-key'] = uuidv7()
    if (parts.body !== undefined) headers['content-type'] = 'application/json'
    if (parts.version !== undefined) headers['if-match'] = `"${parts.version}"`
    const response = await (key ? personas.get(key)!.fetch : harness.fetch)(address(operation, parts), {
      method: operation.method,
      headers,
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    })
    const reply = await replyOf(response)
    if (reply.told) placesTold.set(id, (placesTold.get(id) ?? new Set()).add(key ?? 'nobody'))
    return reply
  }
  const version: Stage['version'] = async (table, id) =>
    (
      await truth.query(
        `select version from ${table} where ${['cases.identity', 'cases.location'].includes(table) ? 'case_id' : 'id'} = $1`,
        [id],
      )
    ).rows[0]?.version ?? 0
  // Where nobody wrote down a place yet there is none to change.
  const versionFor = async ({ operation, target }: Step): Promise<number | undefined> => {
    const declared = operations.get(operation)!
    if (declared.kind !== 'command' || !declared.ifMatch) return undefined
    if (operation === 'cases.changeIdentity') return version('cases.identity', target.case!)
    if (operation === 'cases.changeLocation') return version('cases.location', target.case!)
    // The first word about it.
    if (operation === 'referrals.sayWhere') return 0
    return target.referral ? version('referrals.referral', target.referral) : version('cases.folder', target.case!)
  }
  const perform: Stage['perform'] = async step => {
    const by = person(step.by)
    const expected = verdict(world, by, step.operation, step.target)
    const now = await versionFor(step)
    const reply = await send(step.by, step.operation, now === undefined ? step.parts : { ...step.parts, version: now })
    if (reply.status < 300) step.apply(world, by)
    return { step, expected, reply }
  }
  return {
    harness,
    world,
    personas,
    person,
    truth,
    placesTold,
    send,
    version,
    perform,
    play: async (...steps) => {
      for (const step of steps) {
        const { reply } = await perform(step)
        assert.ok(reply.status < 300, `${step.by} ${step.operation}: ${reply.status} ${reply.text}`)
      }
    },
    close: async () => {
      await truth.end()
      await harness.stop()
    },
  }
}

// The commands, each with a body that is valid, so that only access and the record's state decide.

export const record = (by: PersonKey, id: string, story = true): Step => {
  const body = screenedBody({ case: id, ...(story ? { story: 'He was told to wait by the quay.' } : {}) })
  return {
    by,
    operation: 'screening.record',
    parts: { body },
    target: {},
    apply: (world, person) => model.recorded(world, person, { case: id, screening: body.id, story }),
  }
}
export const give = (
  by: PersonKey,
  id: string,
  agreed: {
    id?: string
    recipients?: string[]
    compartments?: Compartment[]
    purposes?: model.Purpose[]
    withhold?: model.Consent['withhold']
  } = {},
): Step => {
  const given = {
    id: agreed.id ?? uuidv7(),
    recipients: agreed.recipients ?? [unit, shelter, clinic, elsewhere],
    compartments: agreed.compartments ?? ['ID', 'SVC', 'STA'],
    purposes: agreed.purposes ?? ['services', 'identification'],
    withhold: agreed.withhold ?? [],
  }
  return {
    by,
    operation: 'consent.give',
    parts: {
      params: { case: id },
      body: { ...given, ...explained('sharing-1') },
    },
    target: { case: id, recipients: given.recipients },
    apply: world => model.gave(world, id, given),
  }
}
export const refuse = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'consent.refuse',
  parts: { params: { case: id }, body: { id: uuidv7(), ...explained('sharing-1') } },
  target: { case: id },
  apply: () => {},
})
/** Of a refusal that is none: whoever might tell would be told 400. */
export const notify = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'consent.notify',
  parts: { params: { case: id }, body: { refusal: uuidv7(), exploitation: 'not-known' } },
  target: { case: id },
  apply: () => {},
})
export const withdraw = (by: PersonKey, id: string, given: string): Step => ({
  by,
  operation: 'consent.withdraw',
  parts: { params: { case: id, consent: given }, body: { id: uuidv7(), ...explained('withdrawing-1') } },
  target: { case: id },
  apply: world => model.withdrew(world, id, given),
})
export const refer = (
  by: PersonKey,
  what: { id?: string; case: string; kind: model.Referral['kind']; to: string; consent: string; share?: Compartment[] },
): Step => {
  const sending = { share: ['ID', 'STA'] as Compartment[], ...what, id: what.id ?? uuidv7() }
  const service = what.kind === 'service' ? { service: 'safe-accommodation' } : {}
  return {
    by,
    operation: 'referrals.send',
    parts: { body: { ...sending, ...service, urgency: 'urgent', message: 'She can be met in the morning.' } },
    target: { case: what.case, kind: what.kind, share: sending.share, to: what.to, consent: what.consent },
    // Coded data travel with every share.
    apply: (world, person) =>
      model.sent(world, person, { ...sending, share: [...new Set<Compartment>([...sending.share, 'STA'])] }),
  }
}
const answers = {
  acknowledge: { body: {}, status: 'acknowledged' },
  accept: { body: { answer: 'There is a place.' }, status: 'accepted' },
  decline: { body: { reason: 'no-place' }, status: 'declined' },
  revoke: { body: {}, status: 'revoked' },
  begin: { body: {}, status: 'in-service' },
  finish: { body: { outcome: 'helped' }, status: 'done' },
  end: { body: { reason: 'moved' }, status: 'ended' },
} as const
export type Move = keyof typeof answers
export const moves = Object.keys(answers) as Move[]
export const move = (by: PersonKey, verb: Move, referral: string): Step => ({
  by,
  operation: `referrals.${verb}`,
  parts: { params: { referral }, body: answers[verb].body },
  target: { referral },
  apply: world => model.answered(world, referral, answers[verb].status),
})
export const open = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.open',
  parts: { params: { case: id }, body: {} },
  target: { case: id },
  apply: (world, person) => model.opened(world, person, id),
})
/** Whoever gives a case away went through all of it; a grown-up has no guardian, and a case that nobody had has nothing to go through. */
const goneThrough = itemsFor(false).map(item => ({ item, state: 'done' }))
export const assign = (by: PersonKey, id: string, to: PersonKey): Step => ({
  by,
  operation: 'cases.assign',
  parts: { params: { case: id }, body: { coordinator: accountId(to), handOver: goneThrough } },
  target: { case: id },
  apply: world => model.assigned(world, id, accountId(to)),
})
export const handOver = (by: PersonKey, from: PersonKey, to: PersonKey): Step => ({
  by,
  operation: 'cases.handOver',
  parts: { params: { account: accountId(from) }, body: { to: accountId(to) } },
  target: { account: accountId(from) },
  apply: world => model.handedOver(world, accountId(from), accountId(to)),
})
export const identify = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.changeIdentity',
  parts: { params: { case: id }, body: { givenName: 'Wendeline', familyName: 'Okonjo' } },
  target: { case: id },
  apply: () => {},
})
export const locate = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.changeLocation',
  parts: { params: { case: id }, body: { text: safePlace } },
  target: { case: id },
  apply: () => {},
})
export const note = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.addNote',
  parts: { params: { case: id }, body: { id: uuidv7(), text: 'Slept well; wants to call home.' } },
  target: { case: id },
  apply: () => {},
})
/** @param screening of this case: what the decision rests on */
export const decide = (
  by: PersonKey,
  id: string,
  screening: string,
  outcome: 'positive' | 'negative',
  decision = uuidv7(),
): Step => ({
  by,
  operation: 'cases.decide',
  parts: {
    params: { case: id },
    body: {
      id: decision,
      outcome,
      acts: outcome === 'positive' ? ['recruitment'] : [],
      means: outcome === 'positive' ? ['deception'] : [],
      exploitations: outcome === 'positive' ? ['forced-labour'] : [],
      grounds: { act: 'As it was told.', means: 'As it was told.', purpose: 'As it was told.' },
      evidence: [{ kind: 'screening', id: screening, why: 'It was told there.' }],
      reasons: 'What was told and what was seen.',
    },
  },
  target: { case: id },
  apply: (world, person) => model.decided(world, id, person, { id: decision, outcome }),
})
export const second = (by: PersonKey, id: string, decision: string, answer: 'confirmed' | 'returned'): Step => ({
  by,
  operation: 'cases.confirm',
  parts: { params: { case: id, decision }, body: { answer } },
  target: { case: id, decision },
  apply: world => model.seconded(world, id, decision, answer),
})
/** The person wants no more of the procedure. */
export const withdraws = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.move',
  parts: { params: { case: id }, body: { id: uuidv7(), move: 'withdraw', reasons: 'They said so themselves.' } },
  target: { case: id },
  apply: () => {},
})
/** Help is offered. */
export const tracked = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.changeTrack',
  parts: { params: { case: id, track: 'support' }, body: { to: 'offered' } },
  target: { case: id },
  apply: () => {},
})
const ofClock = {
  pauseClock: () => ({ id: uuidv7(), reason: 'person-asks' }),
  resumeClock: () => ({}),
  extendClock: () => ({ id: uuidv7(), by: 5, reasons: 'More time is needed.' }),
}
/** Of a clock that is none: on a version that is none either, that is not looked at. */
export const onClock = (by: PersonKey, id: string, verb: keyof typeof ofClock): Step => ({
  by,
  operation: `cases.${verb}`,
  parts: { params: { case: id, clock: uuidv7() }, body: ofClock[verb]() },
  target: { case: id },
  apply: () => {},
})
/** With words for nothing: what is asked is who may hold which. */
export const interview = (
  by: PersonKey,
  id: string,
  instrument: 'short-screen' | 'interview-adult',
  as = uuidv7(),
): Step => {
  const body = {
    id: as,
    instrument,
    version: instrument === 'short-screen' ? '2' : '1',
    language: 'es',
    interpreter: 'none',
    interviewer: 'either',
    limitsTold: { id: uuidv7(), ...explained('limits-1') },
    answers: {},
    saidAt: new Date().toISOString(),
  }
  return {
    by,
    operation: 'screening.interview',
    parts: { params: { case: id }, body },
    target: { case: id, instrument },
    apply: (world, person) => model.interviewed(world, person, id, body.id),
  }
}
/** Without a finding no rule is called so: whoever may override is told 400, and the world stays as it is. */
export const override = (by: PersonKey, interview: string, finding = 'no-such-rule'): Step => ({
  by,
  operation: 'screening.override',
  parts: {
    params: { interview },
    body: { id: uuidv7(), finding, holds: true, reason: 'other', why: 'As it was said.' },
  },
  target: { interview },
  apply: () => {},
})
export const complete = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'screening.complete',
  parts: {
    params: { screening: id },
    body: { id: uuidv7(), profile: 'adult-labour', answers: { 'deceived-job': 'yes' } },
  },
  target: { screening: id },
  apply: () => {},
})
