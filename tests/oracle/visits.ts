import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Verdict } from './oracle.ts'
import type { Parts, Stage } from './stage.ts'
import type { Person } from './world.ts'

// Who makes a number for the person's own view and reads what they asked, said a second time. What the person does is no
// operation of the staff's origin: it is in the slice's own specs.

/** In charge of the person: the coordinator; before there is one, who made the case, or intake of the unit that has it. */
export const leads = ({ role }: Person, it: Standing): boolean =>
  it.one.coordinator !== undefined
    ? it.charge
    : ((role === 'officer' || role === 'intake') && it.made) || (role === 'intake' && it.held)

/** A row of every kind in each case, for who looks at rows alone. */
export async function putVisitRows(stage: Stage): Promise<void> {
  const dalia = accountId('dalia')
  for (const id of stage.world.cases.keys()) {
    const code = uuidv7()
    await stage.truth.query(
      `insert into visits.code (id, case_id, lookup, watched, lasts, made_by, until)
       values ($1, $2, sha256(uuid_send($1)), 'no', 'week', $3, now() + interval '1 day')`,
      [code, id, dalia],
    )
    await stage.truth.query(
      `insert into visits.visit (id, case_id, code_id, token_hash, until)
       values ($1, $2, $3, sha256(uuid_send($1)), now() + interval '1 hour')`,
      [uuidv7(), id, code],
    )
    await stage.truth.query(`insert into visits.question (id, case_id, sealed) values ($1, $2, '\\x00')`, [
      uuidv7(),
      id,
    ])
    await stage.truth.query(
      `insert into visits.safety_check (id, case_id, safe, contact) values ($1, $2, 'no', true)`,
      [uuidv7(), id],
    )
  }
  await stage.truth.query(`insert into visits.failure (bucket, failures, at) values (sha256('one'), 1, now())`)
}

const onCase = new Set(['visits.ofCase', 'visits.makeCode', 'referrals.received'])
/** Of a code, a question or a word that is not there. */
const nobody = new Set(['visits.revokeCode', 'visits.answerQuestion', 'visits.noteCheck'])

/** Undefined: not an operation of this slice. */
export function ofVisits(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (nobody.has(operation)) return 'deny'
  if (onCase.has(operation)) return it && leads(person, it) ? 'allow' : 'deny'
  return undefined
}

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function visitsOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const none = uuidv7()
  const of = (operation: string, parts: Omit<Parts, 'params'> = {}, more: Record<string, string> = {}): Attempt => ({
    by,
    operation,
    about: name,
    parts: { params: { case: id, ...more }, ...parts },
    target: { case: id },
    missing: { params: { case: none, ...more }, ...parts },
  })
  return [
    of('visits.ofCase'),
    of('visits.makeCode', { body: { watched: 'yes', lasts: 'week' } }),
    of('visits.revokeCode', {}, { code: uuidv7() }),
    of('visits.answerQuestion', { body: { text: 'Yes.' }, version: 1 }, { question: uuidv7() }),
    of('visits.noteCheck', {}, { check: uuidv7() }),
    of('referrals.received', { query: { language: 'en' } }),
  ]
}
