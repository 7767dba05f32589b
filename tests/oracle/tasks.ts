import { tasks } from '#capabilities/tasks/contract.ts'
import { taskBody, toWhom } from '#capabilities/tasks/make.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import type { Standing, Verdict } from './oracle.ts'
import type { Parts, Stage } from './stage.ts'
import type { Person } from './world.ts'

// Tasks, said a second time. One lies with whoever works on a case first; when people lose their place is in the slice's own
// specs, here nobody does.

/** The task that was left in a case, and with whom it lies. */
const taskOf = new Map<string, { readonly id: string; readonly by: PersonKey }>()
const codes = (key: PersonKey) => {
  const { words: _, ...body } = taskBody(toWhom(key))
  return body
}

/** Leaves a task in every case: with who is in charge of it, or intake of the unit, or who made it. */
export async function putTasks(stage: Stage): Promise<void> {
  for (const { id, coordinator, holder, madeBy } of stage.world.cases.values()) {
    if (taskOf.has(id)) continue
    const account = coordinator ?? (holder === undefined ? madeBy : stage.person('tobias').account)
    const by = people.find(one => stage.person(one.key).account === account)!.key
    const body = codes(by)
    const done = await stage.personas
      .get(by)!
      .call(tasks.make, { params: { case: id }, body })
      .then(
        () => true,
        () => false,
      )
    if (done) taskOf.set(id, { id: body.id, by })
  }
}

/** Who answers for the case, who made it, who helps and said yes. */
const works = ({ role }: Person, it: Standing): boolean => {
  if (role === 'officer') return it.made
  if (role === 'intake') return it.held || it.made
  if (role === 'decision-maker') return it.held
  if (role === 'coordinator') return it.charge
  return (role === 'provider' || role === 'shelter-manager') && it.accepted
}
const answers = ({ role }: Person, it: Standing): boolean =>
  role === 'coordinator' ? it.charge : (role === 'intake' || role === 'decision-maker') && it.held

/** Whether a person sees the task that was left in a case: theirs, or of a case that they answer for. */
export const seesTask = (person: Person, it: Standing): boolean =>
  answers(person, it) || (works(person, it) && toWhom(taskOf.get(it.one.id)!.by).account === person.account)

const everybodys = new Set(['tasks.today', 'tasks.count', 'tasks.makeOwn'])
const ofCase = new Set(['tasks.ofCase', 'tasks.people', 'tasks.make'])
/** Only whose it is; to let go of it or give it on, also who answers for the case. */
const ofTask = new Set(['tasks.take', 'tasks.finish', 'tasks.undo'])
const directed = new Set(['tasks.give', 'tasks.drop'])

/** Undefined: not an operation of this slice. */
export function ofTasks(person: Person, operation: string, it: Standing | undefined): Verdict | undefined {
  if (everybodys.has(operation)) return 'allow'
  if (ofCase.has(operation)) return it && works(person, it) ? 'allow' : 'deny'
  if (!ofTask.has(operation) && !directed.has(operation)) return undefined
  const task = it && taskOf.get(it.one.id)
  if (!task || !works(person, it)) return 'deny'
  // Nobody has finished it, so there is nothing to undo, and who it lies with is told so by its version alone.
  if (operation === 'tasks.undo') return 'deny'
  const theirs = people.find(one => one.key === task.by)!
  const lies = person.role === theirs.role && person.account === toWhom(task.by).account
  return lies || (directed.has(operation) && answers(person, it)) ? 'allow' : 'deny'
}

export const taskLists = (by: PersonKey): Attempt[] => [
  { by, operation: 'tasks.today', about: '', parts: { query: { ahead: '7' } }, target: {} },
  { by, operation: 'tasks.count', about: '', parts: {}, target: {} },
  { by, operation: 'tasks.makeOwn', about: '', parts: { body: codes(by) }, target: {} },
]

/** Everything about the tasks of one case. */
export function tasksOnCase(by: PersonKey, name: string, id: string): Attempt[] {
  const none = uuidv7()
  const of = (operation: string, parts: (id: string, task: string) => Parts): Attempt => ({
    by,
    operation: `tasks.${operation}`,
    about: name,
    parts: parts(id, taskOf.get(id)?.id ?? uuidv7()),
    target: { case: id },
    missing: parts(none, uuidv7()),
  })
  const version = 999_999
  const body = codes('dalia')
  return [
    of('ofCase', one => ({ params: { case: one } })),
    of('people', one => ({ params: { case: one } })),
    of('make', one => ({ params: { case: one }, body })),
    ...(['take', 'finish', 'undo'] as const).map(verb =>
      of(verb, (_, task) => ({ params: { task }, body: {}, version })),
    ),
    of('drop', (_, task) => ({ params: { task }, body: { reason: 'other' }, version })),
    of('give', (_, task) => ({ params: { task }, body: { to: toWhom('dalia') }, version })),
  ]
}
