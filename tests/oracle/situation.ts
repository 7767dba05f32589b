import { situation } from '#capabilities/situation/contract.ts'
import { answersFor, finished } from '#capabilities/situation/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId, type PersonKey, stableId } from '../../tools/demonstration/people.ts'
import { inDays } from '../harness/day.ts'
import type { Attempt } from './attempts.ts'
import type { Target, Verdict } from './oracle.ts'
import type { Row, Shown } from './rows.ts'
import type { Parts, Stage } from './stage.ts'
import type { Person } from './world.ts'

// Assessments of the care environment, said a second time: two of the office make one apart, the unit reads what is
// finished, a provider what is finished about itself and what it said it would do.

const clinic = organisationId('claro-clinic')
const shelter = organisationId('samaan-house')
const [selma, teo] = ['selma', 'teo'].map(key => stableId(`account ${key}`)) as [string, string]

const things = ['open', 'comparing', 'of the clinic', 'of an area'] as const
type Thing = (typeof things)[number]
const about: Readonly<Record<Thing, { organisation?: string; by: readonly string[]; finished: boolean }>> = {
  open: { organisation: clinic, by: [selma], finished: false },
  comparing: { organisation: clinic, by: [selma, teo], finished: false },
  'of the clinic': { organisation: clinic, by: [selma, teo], finished: true },
  'of an area': { by: [selma, teo], finished: true },
}
const owners = { 'by the clinic': clinic, 'by the shelter': shelter } as const
type Owned = keyof typeof owners
const ids = new Map<string, string>()
const idOf = (name: string) => ids.get(name) ?? stableId(`no ${name}`)
/** The smallest picture that is one: one grey point. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='

/** One that is begun, one that is compared with a picture, two that are finished with what is done about a gap. */
export async function putSituation(stage: Stage): Promise<void> {
  const [first, second] = [stage.personas.get('selma')!, stage.personas.get('teo')!]
  for (const thing of ['open', 'comparing'] as const) {
    const { id } = await first.call(situation.make, {
      body: { id: uuidv7(), subject: 'provider', organisation: clinic },
    })
    ids.set(thing, id)
  }
  const params = { assessment: idOf('comparing') }
  const shown = { id: uuidv7(), picture }
  await first.call(situation.addPicture, { params, body: shown })
  ids.set('picture', shown.id)
  await first.call(situation.handIn, { params, body: { answers: answersFor('provider', { acc_bed: 'no' }) } })
  await second.call(situation.handIn, { params, body: { answers: answersFor('provider') } })
  const gap = { acc_bed: 'no' } as const
  ids.set('of the clinic', await finished(first, second, { subject: 'provider', organisation: clinic }, gap))
  ids.set('of an area', await finished(first, second, { subject: 'area', area: 'claro' }, { acc_tonight: 'no' }))
  for (const [name, owner] of Object.entries(owners)) {
    const body = { id: uuidv7(), question: 'acc_tonight', what: 'Look for one.', owner, dueOn: inDays(3) }
    await first.call(situation.addAction, { params: { assessment: idOf('of an area') }, body })
    ids.set(name, body.id)
  }
}

const reads = ({ role, organisation }: Person, thing: Thing): boolean => {
  const { organisation: of, finished: over } = about[thing]
  if (role === 'secretariat') return true
  if (role === 'intake' || role === 'coordinator') return over
  return (role === 'provider' || role === 'shelter-manager') && over && of === organisation
}
const isOf = ({ account }: Person, thing: Thing) => about[thing].by.includes(account)
const everybodys = new Set(['list', 'actions'])
const planners = new Set(['coverage', 'coverageReport'])
/** Whatever it is about, it is the office's. */
const offices = new Set(['make', 'addAction', 'dropAction', 'picture'])

/** Undefined: not an operation of this slice. */
export function ofSituation(person: Person, operation: string, _it: unknown, target: Target): Verdict | undefined {
  const verb = /^situation\.(\w+)$/.exec(operation)?.[1]
  if (verb === undefined) return undefined
  const allowed = (yes: boolean): Verdict => (yes ? 'allow' : 'deny')
  const { role, organisation } = person
  const office = role === 'secretariat'
  const helps = role === 'provider' || role === 'shelter-manager'
  const unit = role === 'intake' || role === 'coordinator'
  if (everybodys.has(verb)) return allowed(office || unit || helps)
  if (planners.has(verb)) return allowed(office || unit)
  if (offices.has(verb)) return allowed(office)
  if (verb === 'finishAction')
    return allowed(office || ((unit || helps) && owners[target.thing as Owned] === organisation))
  const thing = target.thing as Thing
  if (verb === 'read' || verb === 'report') return allowed(reads(person, thing))
  // One assessor is missing of what is open: whoever of the office comes is the second.
  if (verb === 'handIn' || verb === 'addPicture')
    return allowed(office && (isOf(person, thing) || about[thing].by.length < 2))
  return allowed(office && isOf(person, thing))
}

/** What of this slice's tables a person's own statements show, by the row as it stands. */
export function seesOfSituation(table: string, { role, account, organisation }: Person, row: Row): Shown {
  const it = JSON.parse(row.situation!) as Record<string, unknown>
  const shows = (yes: boolean): Shown => (yes ? 'must' : 'no')
  const office = role === 'secretariat'
  const unit = role === 'intake' || role === 'coordinator'
  const helps = role === 'provider' || role === 'shelter-manager'
  if (table === 'situation.assessment')
    return shows(office || (it.state === 'finished' && (unit || (helps && it.organisation_id === organisation))))
  if (table === 'situation.action')
    return shows(
      office || unit || (helps && (it.organisation_id === organisation || it.owner_organisation === organisation)),
    )
  return shows(office && (it.shown === true || it.by_account === account))
}

export const situationLists = (by: PersonKey): Attempt[] => {
  const one = (verb: string, parts: Parts): Attempt => ({
    by,
    operation: `situation.${verb}`,
    about: '',
    parts,
    target: {},
  })
  return [
    one('list', { query: { limit: '100' } }),
    one('actions', {}),
    one('coverage', {}),
    one('coverageReport', { query: { language: 'en' } }),
    // Of nobody, so that who may is told 400 and nothing is begun.
    one('make', { body: { id: uuidv7(), subject: 'provider', organisation: uuidv7() } }),
  ]
}

/** Everything about each assessment and each action. Versions and answers are such that nothing moves. */
export function onSituation(by: PersonKey): Attempt[] {
  const version = 999_999
  const attempt = (verb: string, name: string, parts: (id: string) => Parts): Attempt => ({
    by,
    operation: `situation.${verb}`,
    about: name,
    parts: parts(idOf(name)),
    target: { thing: name },
    missing: parts(uuidv7()),
  })
  const action = { id: uuidv7(), question: 'none', what: 'Nothing.', owner: clinic, dueOn: inDays(3) }
  return [
    ...things.flatMap(name => {
      const on = (verb: string, more: Omit<Parts, 'params'> = {}, extra: Record<string, string> = {}) =>
        attempt(verb, name, assessment => ({ params: { assessment, ...extra }, ...more }))
      return [
        on('read'),
        on('report', {}, { language: 'es' }),
        on('handIn', { body: { answers: {} } }),
        on('settle', { body: { question: 'acc_bed', said: 'yes', note: 'So.' }, version }),
        on('finish', { body: {}, version }),
        on('drop', { body: { reason: 'other' }, version }),
        on('addPicture', { body: { id: uuidv7(), picture: '/9j/AAAA' } }),
        on('addAction', { body: action }),
      ]
    }),
    attempt('picture', 'comparing', assessment => ({ params: { assessment, picture: idOf('picture') } })),
    ...Object.keys(owners).flatMap(name => [
      attempt('finishAction', name, id => ({ params: { action: id }, body: { what: 'There.' }, version })),
      attempt('dropAction', name, id => ({ params: { action: id }, body: { reason: 'No.' }, version })),
    ]),
  ]
}
