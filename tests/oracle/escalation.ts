import { uuidv7 } from '#platform/crypto/random.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Verdict } from './oracle.ts'
import type { Stage } from './stage.ts'
import type { Person } from './world.ts'

// What ran over and is told to who supervises the unit, said a second time.

/** What was told of each case. */
const toldOf = new Map<string, string>()

/** A clock that ran over in every case of a unit, told and answered: who may is told that somebody was faster, and nothing changes. */
export async function putEscalations(stage: Stage): Promise<void> {
  const by = stage.person('greta').account
  for (const one of stage.world.cases.values()) {
    const [clock, id] = [uuidv7(), uuidv7()]
    await stage.truth.query(
      `insert into cases.clock (id, case_id, kind, starts_at, warn_at, due_at, overdue_told)
       values ($1, $2, 'recovery-review', now() - interval '9 days', now() - interval '3 days', now() - interval '2 days', true)`,
      [clock, one.id],
    )
    await stage.truth.query(
      `insert into cases.escalation (id, case_id, clock_id, due_at, at, answer, answered_by, answered_at)
       select $1, case_id, id, due_at, now(), 'looks-into-it', $3, now() from cases.clock where id = $2`,
      [id, clock, by],
    )
    toldOf.set(one.id, id)
  }
}

/** The supervisors of the body that holds it, while it is open. */
const supervises = (person: Person, { one }: Standing): boolean =>
  person.role === 'supervisor' && person.organisation === one.holder && one.status === 'opened'

/** Undefined: neither of the two. */
export function ofEscalation(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (operation === 'cases.escalations') return person.role === 'supervisor' ? 'allow' : 'deny'
  if (operation !== 'cases.answerEscalation') return undefined
  return it && supervises(person, it) ? 'allow' : 'deny'
}

export const escalationLists = (by: PersonKey): Attempt[] => [
  { by, operation: 'cases.escalations', about: '', parts: {}, target: {} },
]
export function escalationOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const parts = (escalation: string) => ({ params: { escalation }, body: { answer: 'looks-into-it' } })
  return [
    {
      by,
      operation: 'cases.answerEscalation',
      about: name,
      parts: parts(toldOf.get(id) ?? uuidv7()),
      target: { case: id },
      missing: parts(uuidv7()),
    },
  ]
}
