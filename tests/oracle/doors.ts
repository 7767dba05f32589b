import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import { aboutFeedback, hears } from './feedback.ts'
import type { Standing } from './oracle.ts'
import type { Parts, Stage } from './stage.ts'
import { aboutWhere, reachesWhere } from './whereabouts.ts'
import type { Person, Referral } from './world.ts'

// Who sees to it that an organisation without an account answers, said a second time. What who holds a link does is no operation of
// the staff's origin: it is in the slice's own specs.

const doors: ReadonlySet<string> = new Set([
  'referrals.doors',
  'referrals.makeLink',
  'referrals.makePaper',
  'referrals.answerOnPaper',
])
/** Help alone, for who asked for it and who is in charge of the person. A link that nobody made is taken back by nobody. */
const opensDoor = ({ kind }: Referral, sent: boolean, charge: boolean): boolean =>
  kind === 'service' && (sent || charge)

/** Undefined: neither a door of a referral, nor what the person says of it, nor where to bring them. */
export function besideReferral(
  person: Person,
  operation: string,
  referral: Referral,
  { sent, stands }: { readonly sent: boolean; readonly stands: boolean },
  it: Standing,
): boolean | undefined {
  if (aboutWhere.has(operation)) return reachesWhere(person, operation, referral, stands, it)
  if (operation === 'referrals.endLink') return false
  if (doors.has(operation)) return opensDoor(referral, sent, it.charge)
  return aboutFeedback.has(operation) ? hears(person, referral, it) : undefined
}

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function doorsOnReferral(by: PersonKey, name: string, id: string): Attempt[] {
  const of = (operation: string, parts: Omit<Parts, 'params'> = {}): Attempt => ({
    by,
    operation,
    about: name,
    parts: { params: { referral: id }, ...parts },
    target: { referral: id },
    missing: { params: { referral: uuidv7() }, ...parts },
  })
  return [
    of('referrals.doors'),
    of('referrals.makeLink', { body: { mail: true } }),
    of('referrals.endLink', { body: {} }),
    of('referrals.makePaper', { body: { language: 'en', sealTo: 'key', abroad: false } }),
    of('referrals.answerOnPaper', { body: { code: '1234 5678', answer: 'declined' }, version: 1 }),
  ]
}

/** A row of every kind for each referral, for who looks at rows alone. */
export async function putDoorRows(stage: Stage): Promise<void> {
  const dalia = accountId('dalia')
  for (const one of stage.world.referrals.values()) {
    const link = uuidv7()
    await stage.truth.query(
      `insert into referrals.link (id, case_id, referral_id, lookup, code, made_by)
       values ($1, $2, $3, sha256(uuid_send($1)), sha256(uuid_send($3)), $4)`,
      [link, one.case, one.id, dalia],
    )
    await stage.truth.query(
      `insert into referrals.link_visit (id, case_id, link_id, token_hash, until)
       values ($1, $2, $3, sha256(uuid_send($1)), now() + interval '1 hour')`,
      [uuidv7(), one.case, link],
    )
    await stage.truth.query(
      `insert into referrals.paper (id, case_id, referral_id, code, sealed_to, abroad, made_by)
       values ($1, $2, $3, sha256(uuid_send($1)), 'nobody', false, $4)`,
      [uuidv7(), one.case, one.id, dalia],
    )
  }
  await stage.truth.query(`insert into referrals.link_failure (bucket, failures, at) values (sha256('one'), 1, now())`)
}
