import { uuidv7 } from '#platform/crypto/random.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing } from './oracle.ts'
import type { Parts, Stage } from './stage.ts'
import type { Person, Referral } from './world.ts'

// Who hears what the person says of a help, said a second time. What the person says by themselves is no operation of the staff's
// origin: it is in the specs of their own view.

export const aboutFeedback: ReadonlySet<string> = new Set([
  'referrals.feedback',
  'referrals.tellFeedback',
  'referrals.takeBackFeedback',
])
/** Of help alone, and nobody who works where it was given: the coordinator in charge, intake of the unit, and who met the person and asked for the help. */
export const hears = (person: Person, referral: Referral, it: Standing): boolean =>
  referral.kind === 'service' &&
  person.organisation !== referral.to &&
  (it.charge ||
    (person.role === 'intake' && it.held) ||
    (['officer', 'intake'].includes(person.role) && it.made && referral.from === person.account))

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function feedbackOnReferral(by: PersonKey, name: string, id: string): Attempt[] {
  const of = (operation: string, parts: Omit<Parts, 'params'> = {}): Attempt => ({
    by,
    operation,
    about: name,
    parts: { params: { referral: id }, ...parts },
    target: { referral: id },
    missing: { params: { referral: uuidv7() }, ...parts },
  })
  const nothing = { respect: null, explained: null, agreed: null, safe: null, again: null }
  return [of('referrals.feedback'), of('referrals.tellFeedback', { body: nothing }), of('referrals.takeBackFeedback')]
}

/** What was said of each referral, for who looks at rows alone. */
export async function putFeedbackRows(stage: Stage): Promise<void> {
  for (const one of stage.world.referrals.values())
    await stage.truth.query(`insert into referrals.feedback (referral_id, case_id, safe) values ($1, $2, 'no')`, [
      one.id,
      one.case,
    ])
}
