import { health } from '#capabilities/health/contract.ts'
import { attachedTo } from '#capabilities/health/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asSealed } from '#platform/files/make.ts'
import { pdf } from '#platform/files/server/make.ts'
import { organisationId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import { type Standing, standing, type Verdict } from './oracle.ts'
import type { Row, Shown } from './rows.ts'
import type { Stage } from './stage.ts'
import type { Case, Person, World } from './world.ts'

// What health workers write, said a second time: it stays with who treats the person, unless the person agreed.

const clinic = organisationId('claro-clinic')
const helpers: readonly string[] = ['provider', 'shelter-manager']
/** Works in the organisation that treats the person, which took that on. */
const treats = ({ role, organisation }: Person, it: Standing): boolean =>
  role === 'provider' && organisation === clinic && it.accepted
/** A consent to services that stands names their organisation, with health, and withholds it from nobody of theirs. */
const agreed = (one: Case, organisation: string): boolean =>
  one.consents.some(
    each =>
      !each.withdrawn &&
      each.purposes.includes('services') &&
      each.recipients.includes(organisation) &&
      each.compartments.includes('HLT') &&
      !each.withhold.some(kept => kept.recipient === organisation && kept.compartments.includes('HLT')),
  )
const reads = (person: Person, it: Standing): boolean =>
  (it.charge || (helpers.includes(person.role) && it.accepted)) && agreed(it.one, person.organisation)

const reading = new Set(['health.notes', 'health.readFile'])

/** Undefined: not an operation of this slice. */
export function ofHealth(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (!operation.startsWith('health.')) return undefined
  if (!it) return 'deny'
  return treats(person, it) || (reading.has(operation) && reads(person, it)) ? 'allow' : 'deny'
}
/** Every note here is the clinic's, and every file a note's. */
export function seesHealth(world: World, person: Person, row: Row): Shown {
  const it = standing(world, person, row.case!)
  return treats(person, it) || reads(person, it) ? 'must' : 'no'
}

/** The note that `putHealth` left in a case, and its file. */
const left = new Map<string, { note: string; file: string }>()

/** Leaves a note with a report in every case that the clinic took on. */
export async function putHealth(stage: Stage): Promise<void> {
  const jonah = stage.personas.get('jonah')!
  for (const { id } of stage.world.cases.values())
    if (treats(stage.person('jonah'), standing(stage.world, stage.person('jonah'), id))) {
      const note = uuidv7()
      const body = { id: note, about: 'findings', text: 'Sleeps badly.' } as const
      await jonah.call(health.write, { params: { case: id }, body })
      const file = await attachedTo(stage.harness, jonah, { case: id, note }, pdf(`report of ${id}`), 'report.pdf')
      left.set(id, { note, file })
    }
}

/** Whoever may write is told that there is no note to correct; of a file that may be added none ever comes. */
export const healthOnCase = (by: PersonKey, about: string, id: string): Attempt[] => {
  const none = uuidv7()
  const { note, file } = left.get(id) ?? { note: none, file: none }
  const paper = { id: uuidv7(), file: asSealed(Buffer.from(uuidv7())).name, name: 'letter.pdf' }
  const copy = (of: string) => ({ params: { case: of, file, copy: 'original' } })
  const body = { id: uuidv7(), about: 'advice', text: 'Rest.', corrects: uuidv7() }
  return [
    {
      ...{ by, operation: 'health.notes', about, parts: { params: { case: id } }, target: { case: id } },
      missing: { params: { case: none } },
    },
    {
      ...{ by, operation: 'health.write', about, parts: { params: { case: id }, body }, target: { case: id } },
      missing: { params: { case: none }, body },
    },
    {
      ...{ by, operation: 'health.attach', about, parts: { params: { case: id, note }, body: paper } },
      ...{ target: { case: id }, missing: { params: { case: none, note }, body: paper } },
    },
    { by, operation: 'health.readFile', about, parts: copy(id), target: { case: id }, missing: copy(none) },
  ]
}
