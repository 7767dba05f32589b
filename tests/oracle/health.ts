import { health } from '#capabilities/health/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
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

/** Undefined: not an operation of this slice. */
export function ofHealth(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (!operation.startsWith('health.')) return undefined
  if (!it) return 'deny'
  return treats(person, it) || (operation === 'health.notes' && reads(person, it)) ? 'allow' : 'deny'
}
/** Every note here is the clinic's. */
export function seesHealth(world: World, person: Person, row: Row): Shown {
  const it = standing(world, person, row.case!)
  return treats(person, it) || reads(person, it) ? 'must' : 'no'
}

/** Leaves a note in every case that the clinic took on. */
export async function putHealth(stage: Stage): Promise<void> {
  const jonah = stage.personas.get('jonah')!
  for (const { id } of stage.world.cases.values())
    if (treats(stage.person('jonah'), standing(stage.world, stage.person('jonah'), id)))
      await jonah.call(health.write, {
        params: { case: id },
        body: { id: uuidv7(), about: 'findings', text: 'Sleeps badly.' },
      })
}

/** Whoever may write is told that there is no note to correct, so that nothing is left behind. */
export const healthOnCase = (by: PersonKey, about: string, id: string): Attempt[] => {
  const none = uuidv7()
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
  ]
}
