import { uuidv7 } from '#platform/crypto/random.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Target, Verdict } from './oracle.ts'
import type { Stage } from './stage.ts'
import type { Person, Role } from './world.ts'

// Who watches who reads, said a second time. What breaking glass opens is in its own specs: here nobody has broken any but
// one person, of one case, which waits to be judged.

/** References of cases, as they are said on the phone. */
const references = new Map<string, string>()
/** The broken glass that waits in each case where `putGlass` left one. */
const glassOf = new Map<string, string>()

/** Learns the references, and leaves broken glass of somebody who is no party to it in every case. */
export async function putGlass(stage: Stage): Promise<void> {
  const { account, organisation } = stage.person('celeste')
  const { rows } = await stage.truth.query('select id, reference from cases.folder')
  for (const { id, reference } of rows) {
    references.set(id, reference)
    if (glassOf.has(id)) continue
    const glass = uuidv7()
    await stage.truth.query(
      `insert into oversight.break_glass (id, country, case_id, account_id, organisation_id, role, compartments, reason, at, until)
       values ($1, 'XSA', $2, $3, $4, 'shelter-manager', 3, 'other', now() - interval '2 days', now() - interval '47 hours')`,
      [glass, id, account, organisation],
    )
    glassOf.set(id, glass)
  }
}

const parties: readonly Role[] = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager']
const protects: readonly Role[] = ['data-protection-officer']
const lists: Readonly<Record<string, readonly Role[]>> = {
  'oversight.myGlasses': parties,
  'oversight.listGlasses': protects,
  'oversight.alerts': [...parties, ...protects],
  'oversight.listBars': [...protects, 'intake'],
  'oversight.listSealings': [...protects, 'coordinator', 'decision-maker'],
  'oversight.listErasures': [...protects, 'coordinator', 'decision-maker'],
  'oversight.listHolds': [...protects, 'coordinator', 'decision-maker'],
  'oversight.listDue': protects,
  'oversight.listCanaries': protects,
  'oversight.listHeld': protects,
  'oversight.plantCanary': protects,
  'oversight.readEvents': protects,
  'oversight.exportEvents': protects,
  'oversight.unusual': protects,
  'oversight.findPeople': [...protects, 'intake', 'coordinator', 'decision-maker'],
}
/** About a case that is there. */
const rules: Readonly<Record<string, (person: Person, it: Standing) => boolean>> = {
  'oversight.glassesOfCase': (_, it) => it.charge,
  'oversight.caseLog': (_, it) => it.charge,
  'oversight.exportSubject': (_, it) => it.charge,
  'oversight.tellPerson': (_, it) => it.charge,
  'oversight.reviewGlass': ({ role }) => protects.includes(role),
  'oversight.readGlass': () => false,
  'oversight.bar': ({ role }, it) => protects.includes(role) || (role === 'intake' && it.held),
  'oversight.proposeSealing': ({ role }, it) =>
    protects.includes(role) || it.charge || (role === 'decision-maker' && it.held),
}
/** About something that is not there: nobody. */
const none = new Set([
  'oversight.breakGlass',
  'oversight.seeAlert',
  'oversight.endBar',
  'oversight.answerHeld',
  'oversight.answerSealing',
  'oversight.answerErasure',
  'oversight.endHold',
  'oversight.proposeErasure',
  'oversight.placeHold',
])

/** Undefined: not an operation of this slice. */
export function ofOversight(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (operation in lists) return lists[operation]!.includes(person.role) ? 'allow' : 'deny'
  if (none.has(operation)) return 'deny'
  if (operation in rules) return it && rules[operation]!(person, it) ? 'allow' : 'deny'
  return undefined
}

export const oversightLists = (by: PersonKey): Attempt[] => {
  const one = (operation: string, query: Record<string, string> = {}): Attempt => ({
    by,
    operation,
    about: '',
    parts: { query },
    target: {},
  })
  const nothing = (operation: string, parts: Attempt['parts']): Attempt => ({
    by,
    operation,
    about: '',
    parts,
    target: {},
  })
  const words = 'Nobody answers and there was screaming.'
  return [
    ...[
      'listErasures',
      'listDue',
      'listHolds',
      'myGlasses',
      'listGlasses',
      'alerts',
      'listBars',
      'listSealings',
      'listCanaries',
      'listHeld',
      'unusual',
    ].map(verb => one(`oversight.${verb}`)),
    one('oversight.readEvents', { exports: 'yes' }),
    one('oversight.exportEvents', { exports: 'yes' }),
    one('oversight.findPeople', { words: 'Dalia' }),
    nothing('oversight.breakGlass', {
      body: { id: uuidv7(), reference: '00000-00000', reason: 'other', text: words },
    }),
    nothing('oversight.seeAlert', { params: { alert: uuidv7() }, body: {} }),
    nothing('oversight.answerHeld', { params: { file: uuidv7() }, body: { answer: 'refuse', reason: 'other' } }),
    nothing('oversight.endBar', { params: { bar: uuidv7() } }),
    nothing('oversight.answerErasure', { params: { erasure: uuidv7() }, body: { answer: 'confirmed' }, version: 1 }),
    nothing('oversight.endHold', { params: { hold: uuidv7() } }),
    nothing('oversight.proposeErasure', {
      body: { id: uuidv7(), reference: '00000-00000', ground: 'other', text: words },
    }),
    nothing('oversight.placeHold', { body: { id: uuidv7(), reference: '00000-00000', reason: 'court' } }),
    nothing('oversight.answerSealing', { params: { sealing: uuidv7() }, body: { answer: 'confirmed' }, version: 1 }),
  ]
}

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function oversightOnCase(by: PersonKey, stage: Stage, name: string, id: string): Attempt[] {
  const reference = references.get(id) ?? '00000-00000'
  const glass = glassOf.get(id) ?? uuidv7()
  const target: Target = references.has(id) ? { case: id } : {}
  const of = (operation: string, parts: Attempt['parts'], missing: Attempt['parts']): Attempt => ({
    by,
    operation,
    about: name,
    parts,
    target,
    missing,
  })
  const params = (key: string, value: string) => ({ params: { [key]: value } })
  const stale = { body: {}, version: 999_999 }
  const judging = { body: { outcome: 'justified', text: 'It was.' }, version: 999_999 }
  const self = { id: uuidv7(), account: stage.person(by).account, reason: 'other' }
  const strangers = { id: uuidv7(), action: 'seal', named: [uuidv7()], reason: 'other', text: 'Somebody asked.' }
  const nowhere = { reference: '00000-00000' }
  return [
    of('oversight.glassesOfCase', params('case', id), params('case', uuidv7())),
    of('oversight.caseLog', params('case', id), params('case', uuidv7())),
    of('oversight.exportSubject', params('case', id), params('case', uuidv7())),
    of('oversight.readGlass', params('glass', glass), params('glass', uuidv7())),
    of(
      'oversight.reviewGlass',
      { ...params('glass', glass), ...judging },
      { ...params('glass', uuidv7()), ...judging },
    ),
    of('oversight.tellPerson', { ...params('glass', glass), ...stale }, { ...params('glass', uuidv7()), ...stale }),
    of('oversight.bar', { body: { ...self, reference } }, { body: { ...self, ...nowhere } }),
    of('oversight.proposeSealing', { body: { ...strangers, reference } }, { body: { ...strangers, ...nowhere } }),
  ]
}
/** Planting one makes a case: tried by itself. */
export const plant = (by: PersonKey): Attempt => ({
  by,
  operation: 'oversight.plantCanary',
  about: '',
  // An id of a case that there is, so that none comes of it.
  parts: { body: { id: [...references.keys()][0] ?? uuidv7(), givenName: 'Marlene', familyName: 'Ostrander' } },
  target: {},
})
