import { uuidv7 } from '#platform/crypto/random.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import { safePlace } from '../canary/safe-place.ts'
import type { Attempt } from './attempts.ts'
import type { Standing } from './oracle.ts'
import type { Parts, Stage, Step } from './stage.ts'
import type { Person, Referral, World } from './world.ts'

// Who says where to bring a person, and who is told, said a second time.

export const aboutWhere: ReadonlySet<string> = new Set([
  'referrals.where',
  'referrals.sayWhere',
  'referrals.takeBackWhere',
])
/** The safe place itself, of a help that it took on while its share stands; it is told to the coordinator in charge. */
export const reachesWhere = (
  person: Person,
  operation: string,
  referral: Referral,
  stands: boolean,
  it: Standing,
): boolean => {
  if (referral.kind !== 'service') return false
  const theirs = person.role === 'shelter-manager' && person.organisation === referral.to
  const takenOn = ['accepted', 'in-service'].includes(referral.status)
  return (theirs && stands && takenOn) || (operation === 'referrals.where' && it.charge)
}

/** Each made so that whoever may is told that somebody was faster, and nothing changes. */
export function whereOnReferral(by: PersonKey, name: string, id: string): Attempt[] {
  const of = (operation: string, parts: () => Omit<Parts, 'params'>): Attempt => ({
    by,
    operation,
    about: name,
    parts: { params: { referral: id }, ...parts() },
    target: { referral: id },
    missing: { params: { referral: uuidv7() }, ...parts() },
  })
  const version = 999_999
  return [
    of('referrals.where', () => ({})),
    of('referrals.sayWhere', () => ({ body: { id: uuidv7(), text: 'Elsewhere.' }, version })),
    of('referrals.takeBackWhere', () => ({ body: { id: uuidv7() }, version })),
  ]
}

export const sayWhere = (by: PersonKey, referral: string): Step => ({
  by,
  operation: 'referrals.sayWhere',
  parts: { params: { referral }, body: { id: uuidv7(), text: `Bring her to ${safePlace}, at nine.` } },
  target: { referral },
  apply: (_: World) => {},
})

/** A row for each referral, for who looks at rows alone. */
export async function putWhereRows(stage: Stage): Promise<void> {
  for (const one of stage.world.referrals.values())
    await stage.truth.query(
      `insert into referrals.whereabouts (id, referral_id, case_id, version, by_account) values ($1, $2, $3, 99, $4)`,
      [uuidv7(), one.id, one.case, stage.person('celeste').account],
    )
}
