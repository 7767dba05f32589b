import { uuidv7 } from '#platform/crypto/random.ts'
import type { PersonKey } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Verdict } from './oracle.ts'
import type { Parts } from './stage.ts'
import type { Person, Role } from './world.ts'

// One person in several cases, said a second time. Who is neutral, and what a merge and a link do, is in the slice's own specs:
// here there is no match, no merge and no link, and no second case that anybody names.

const lists: Readonly<Record<string, readonly Role[]>> = {
  'matching.list': ['coordinator', 'decision-maker'],
  'cases.alike': ['officer', 'intake', 'coordinator'],
}
/** Of what is not there. */
const nobody = new Set([
  'matching.compare',
  'matching.judge',
  'matching.answerMerge',
  'matching.unmerge',
  'matching.unlink',
])
const onCase = new Set(['matching.ofCase', 'matching.history', 'matching.proposeMerge', 'matching.link'])

/** Undefined: not an operation of this slice. */
export function ofMatching({ role }: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (operation in lists) return lists[operation]!.includes(role) ? 'allow' : 'deny'
  if (nobody.has(operation)) return 'deny'
  if (onCase.has(operation)) return it && (it.charge || it.held) ? 'allow' : 'deny'
  return undefined
}

export const matchingLists = (by: PersonKey): Attempt[] => [
  { by, operation: 'matching.list', about: '', parts: { query: { limit: '100' } }, target: {} },
  {
    by,
    operation: 'cases.alike',
    about: '',
    parts: { query: { givenName: 'Ana', familyName: 'Quintanilla' } },
    target: {},
  },
]

/** Each made so that whoever may is told what is wrong with it, and nothing changes. */
export function matchingOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const none = uuidv7()
  const of = (operation: string, parts: Omit<Parts, 'params'> = {}): Attempt => ({
    by,
    operation: `matching.${operation}`,
    about: name,
    parts: { params: { case: id }, ...parts },
    target: { case: id },
    missing: { params: { case: none }, ...parts },
  })
  const gone = (operation: string, param: string, parts: Omit<Parts, 'params'> = {}): Attempt => ({
    by,
    operation: `matching.${operation}`,
    about: name,
    parts: { params: { [param]: none }, ...parts },
    target: {},
    missing: { params: { [param]: uuidv7() }, ...parts },
  })
  const reason = 'The same sister came with both.'
  const other = '00000-00000'
  return [
    of('ofCase'),
    of('history'),
    of('proposeMerge', { body: { id: uuidv7(), other, leads: 'this', reason } }),
    of('link', { body: { id: uuidv7(), other, kind: 'family' } }),
    gone('compare', 'match'),
    gone('judge', 'match', { body: { id: uuidv7(), outcome: 'same', reason }, version: 1 }),
    gone('answerMerge', 'merge', { body: { answer: 'confirmed' }, version: 1 }),
    gone('unmerge', 'merge', { body: { reason }, version: 1 }),
    gone('unlink', 'link', { body: { reason }, version: 1 }),
  ]
}
