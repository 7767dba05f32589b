import * as z from 'zod/mini'
import { urgencies } from '#capabilities/cases/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { changed, day, id, instant, newId, text, version } from '#platform/contract/shapes.ts'
import { purposes, roles } from '#platform/policy/roles.ts'
import { todayOperations } from './contract-today.ts'

/** What is asked, in a code: the least that can be said of it, and all that a list shows. */
export const taskKinds = [
  'contact',
  'visit',
  'accompany',
  'appointment',
  'document',
  'find-out',
  'arrange',
  'answer',
  'look-again',
  'other',
] as const
export const taskStates = ['open', 'taken', 'done', 'not-needed'] as const
export type TaskState = (typeof taskStates)[number]
/** Why a task was not needed; `nobody-left` is said by the system alone. */
export const dropReasons = ['done-otherwise', 'person-declined', 'no-longer', 'double', 'other'] as const
export const taskMoves = ['take', 'finish', 'drop', 'give', 'undo'] as const
export type TaskMove = (typeof taskMoves)[number]

/** For whom: a person in a role of an organisation, or, without one, whoever of that role takes it. */
const to = z.strictObject({ organisation: id(), role: z.enum(roles), account: z.optional(id()) })
/** A day, or an instant; one of the two. */
const due = z
  .strictObject({ on: z.optional(day()), at: z.optional(instant()) })
  .check(z.refine(given => (given.on === undefined) !== (given.at === undefined), 'required'))
const asked = { kind: z.enum(taskKinds), to, due, urgency: z.enum(urgencies) }

export const Task = z.object({
  id: id(),
  kind: z.enum(taskKinds),
  /** Absent where there are none, and for who may not read the words of the services. */
  words: z.optional(z.string()),
  state: z.enum(taskStates),
  role: z.enum(roles),
  organisation: z.string(),
  /** Who has it; null while it is anybody's of that role. */
  name: z.nullable(z.string()),
  due: z.string(),
  overdue: z.boolean(),
  urgency: z.enum(urgencies),
  byName: z.string(),
  at: z.string(),
  /** Came back because whoever had it has no place in the case any more. */
  returned: z.boolean(),
  reason: z.nullable(z.enum([...dropReasons, 'nobody-left'])),
  endedAt: z.nullable(z.string()),
  endedName: z.nullable(z.string()),
  moves: z.array(z.enum(taskMoves)),
  version: version(),
})
export type Task = z.infer<typeof Task>

const ofCase = z.object({ case: id() })
const ofTask = z.object({ task: id() })
/** Who works on cases. */
const work = ['identification', 'assistance'] as const

export const tasks = {
  ...todayOperations,
  /** The tasks of one case, what is open first, then the newest. */
  ofCase: query({
    id: 'tasks.ofCase',
    path: '/cases/{case}/tasks',
    params: ofCase,
    /** `mayWrite`: the reader's tasks may have words. */
    reply: z.object({ items: z.array(Task), mayWrite: z.boolean() }),
    access: 'tasks.of-case',
    audit: 'tasks.of-case-read',
    purpose: work,
  }),
  /** Who can be given a task about a case: those who work on it. */
  people: query({
    id: 'tasks.people',
    path: '/cases/{case}/tasks/people',
    params: ofCase,
    reply: z.object({
      items: z.array(
        z.object({
          account: id(),
          name: z.string(),
          role: z.enum(roles),
          organisation: id(),
          organisationName: z.string(),
        }),
      ),
    }),
    access: 'tasks.people',
    audit: { none: 'names of staff who work on a case that is the reader’s too' },
    purpose: work,
  }),
  make: command({
    id: 'tasks.make',
    path: '/cases/{case}/tasks',
    params: ofCase,
    /** `words` are read by those alone who may read the notes of the services. */
    body: z.strictObject({ id: newId(), ...asked, words: z.optional(text(1000)) }),
    reply: z.object({ id: id() }),
    access: 'tasks.make',
    audit: 'tasks.made',
    purpose: work,
  }),
  /** A task that is about no case, in codes alone, within one's own organisation. */
  makeOwn: command({
    id: 'tasks.makeOwn',
    path: '/tasks',
    body: z.strictObject({ id: newId(), ...asked }),
    reply: z.object({ id: id() }),
    access: 'tasks.make-own',
    audit: 'tasks.made',
    purpose: purposes,
  }),
  take: command({
    id: 'tasks.take',
    path: '/tasks/{task}/take',
    params: ofTask,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'tasks.take',
    audit: 'tasks.taken',
    purpose: purposes,
  }),
  finish: command({
    id: 'tasks.finish',
    path: '/tasks/{task}/finish',
    params: ofTask,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'tasks.finish',
    audit: 'tasks.finished',
    purpose: purposes,
  }),
  drop: command({
    id: 'tasks.drop',
    path: '/tasks/{task}/drop',
    params: ofTask,
    body: z.strictObject({ reason: z.enum(dropReasons) }),
    ifMatch: true,
    reply: changed,
    access: 'tasks.drop',
    audit: 'tasks.dropped',
    purpose: purposes,
  }),
  give: command({
    id: 'tasks.give',
    path: '/tasks/{task}/give',
    params: ofTask,
    body: z.strictObject({ to }),
    ifMatch: true,
    reply: changed,
    access: 'tasks.give',
    audit: 'tasks.given',
    purpose: purposes,
  }),
  /** Within the day on which it was done, by who did it. */
  undo: command({
    id: 'tasks.undo',
    path: '/tasks/{task}/undo',
    params: ofTask,
    body: z.strictObject({}),
    ifMatch: true,
    reply: changed,
    access: 'tasks.undo',
    audit: 'tasks.undone',
    purpose: purposes,
  }),
}
