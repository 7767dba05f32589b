import { care } from '#capabilities/care/contract.ts'
import { agreedPlan, assessmentBody, planBody, safetyBody } from '#capabilities/care/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import { inDays } from '../harness/day.ts'
import type { Target } from './oracle.ts'
import { type Parts, type Stage, shelter } from './stage.ts'

/** What `putCare` left in each case that somebody is in charge of. */
interface Left {
  readonly action: string
  readonly followUp: string
  readonly closure: string
  readonly guardian: string
}
const leftIn = new Map<string, Left>()
/** The organisation that each action and delivery names, by its id. */
export const organisationOf = new Map<string, string>()

/** Leaves something of every kind of care in every case that is open and in somebody's charge. */
export async function putCare(stage: Stage): Promise<void> {
  for (const { id, coordinator, status } of stage.world.cases.values()) {
    if (leftIn.has(id) || coordinator === undefined || status !== 'opened') continue
    const { key } = people.find(one => stage.person(one.key).account === coordinator)!
    const persona = stage.personas.get(key)!
    const params = { case: id }
    await persona.call(care.assess, { params, body: assessmentBody() })
    await persona.call(care.changeSafety, { params, version: 0, body: safetyBody() })
    const [action, other] = await agreedPlan(stage.harness, id, planBody(), key)
    organisationOf.set(action!, shelter)
    const delivery = uuidv7()
    organisationOf.set(delivery, shelter)
    await persona.call(care.deliver, {
      params,
      body: { id: delivery, service: 'food', outcome: 'delivered', on: inDays(-1), organisation: shelter },
    })
    await persona.call(care.planFollowUps, { params, body: { kind: 'contact', dates: [inDays(3)] } })
    const { items } = await persona.call(care.followUps, { params })
    const { open } = await persona.call(care.closing, { params })
    const closure = uuidv7()
    await persona.call(care.proposeClosure, {
      params,
      body: {
        id: closure,
        reason: 'person-stops',
        planned: false,
        reasons: 'As she wished.',
        explained: open.map(one => one.id),
      },
    })
    leftIn.set(id, { action: other!, followUp: items[0]!.id, closure, guardian: uuidv7() })
  }
}

interface Attempt {
  readonly by: PersonKey
  readonly operation: string
  readonly about: string
  readonly parts: Parts
  readonly target: Target
  readonly missing: Parts
}
const stale = 999_999

/** Every operation of the care on one case. Whoever may is answered, or told 400, 409 or 412; nothing is left behind that matters. */
export function onCare(stage: Stage, by: PersonKey, about: string, id: string): Attempt[] {
  const none = uuidv7()
  const one = (
    operation: string,
    parts: Omit<Parts, 'params'>,
    more: Record<string, string> = {},
    target = {},
  ): Attempt => ({
    by,
    operation: `care.${operation}`,
    about,
    parts: { params: { case: id, ...more }, ...parts },
    target: { case: id, ...target },
    missing: { params: { case: none, ...Object.fromEntries(Object.keys(more).map(name => [name, none])) }, ...parts },
  })
  const on = { version: stale }
  const left = leftIn.get(id)
  const own = stage.person(by).organisation
  return [
    ...['assessments', 'safety', 'codeWord', 'plans', 'deliveries', 'followUps', 'child', 'closing', 'asked']
      .filter(name => left !== undefined || name !== 'codeWord')
      .map(name => one(name, {})),
    // Without any goal there is nothing to print: whoever may is told so.
    one('printPlan', { query: { language: 'en' } }),
    one('assess', { body: assessmentBody() }),
    one('changeSafety', { body: safetyBody(), ...on }),
    one('savePlan', { body: planBody(), ...on }),
    one('agreePlan', { body: { how: 'spoken', givenBy: 'person', saidAt: new Date().toISOString() }, ...on }),
    one('planFollowUps', { body: { kind: 'contact', dates: [inDays(20)] } }),
    // Tomorrow's is refused to whoever may record one.
    ...[own, shelter].map(organisation =>
      one(
        'deliver',
        { body: { id: uuidv7(), service: 'food', outcome: 'delivered', on: inDays(4), organisation } },
        {},
        { organisation },
      ),
    ),
    one('proposeClosure', {
      body: { id: uuidv7(), reason: 'died', planned: false, reasons: 'She died.', explained: [] },
    }),
    one('weighInterest', {
      body: {
        id: uuidv7(),
        kind: 'determination',
        step: 'school',
        outcome: 'in-interest',
        childSaid: 'Yes.',
        reasons: 'Near.',
      },
    }),
    one('nameGuardian', {
      body: {
        id: uuidv7(),
        name: 'Ruthanne Ibarra',
        relation: 'relative',
        verified: 'documents-seen',
        how: 'Seen',
        suspected: true,
      },
    }),
    ...(left
      ? [
          one('moveAction', { body: { state: 'done' }, ...on }, { action: left.action }),
          one('markFollowUp', { body: { state: 'done' }, ...on }, { followUp: left.followUp }),
          one('secondClosure', { body: { answer: 'returned' }, ...on }, { closure: left.closure }),
          one('reopen', { body: { reason: 'She called.' }, ...on }, { closure: left.closure }),
          // Nobody here is a child's guardian, and nobody here is a child: whoever may is told that it is not the time.
          one('endGuardian', { body: { why: 'died' }, ...on }, { guardian: left.guardian }),
        ]
      : []),
  ]
}
