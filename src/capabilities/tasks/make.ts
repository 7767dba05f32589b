import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../tests/harness/day.ts'
import { accountId, organisationId, type PersonKey, people } from '../../../tools/demonstration/people.ts'
import type { tasks } from './contract.ts'

type Body = In<(typeof tasks.make)['body']>

/** A person of the demonstration country as whom a task is for, or whoever of their role takes it. */
export function toWhom(key: PersonKey, anybody = false): Body['to'] {
  const { role, body } = people.find(one => one.key === key)!
  return { organisation: organisationId(body), role, ...(anybody ? {} : { account: accountId(key) }) }
}

export const taskBody = (to: Body['to'], change: Partial<Body> = {}): Body => ({
  id: uuidv7(),
  kind: 'accompany',
  to,
  due: { on: inDays(0) },
  urgency: 'urgent',
  words: 'Walk with her to the registry office.',
  ...change,
})
