import type { CaseFacts } from '#capabilities/cases/policy.ts'
import { bit } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import type { TaskMove, TaskState } from './contract.ts'
import { movesIn } from './flow.ts'

/** What a rule about one task needs to know. */
export interface TaskFacts {
  readonly task: {
    readonly state: TaskState
    readonly madeBy: string
    readonly role: string
    readonly account: string | null
    readonly organisation: string
    readonly endedBy: string | null
    /** It was done on the country's present day. */
    readonly endedToday: boolean
  }
  /** Undefined where the task is about no case. */
  readonly about: CaseFacts | undefined
}

const helps: readonly string[] = ['provider', 'shelter-manager']
const ofUnit: readonly string[] = ['intake', 'decision-maker']

/** Of the unit that holds the case, or in charge of it. */
const answersFor = (actor: Actor, { access, folder }: CaseFacts) =>
  (ofUnit.includes(actor.role) && access?.holder === true) ||
  (actor.role === 'coordinator' && access?.assigned === true && folder.coordinator === actor.user)
/** An officer or intake who made the case. */
const madeIt = (actor: Actor, { access, folder }: CaseFacts) =>
  (actor.role === 'officer' || actor.role === 'intake') && access?.own === true && folder.madeBy === actor.user
/** Who works on a case: nobody else has anything to do with its tasks. */
const worksOn = (actor: Actor, facts: CaseFacts) =>
  answersFor(actor, facts) || madeIt(actor, facts) || (helps.includes(actor.role) && facts.access?.accepted === true)

/** Words open for who may read the notes of the services, and for nobody because of a task. */
function opens(actor: Actor, facts: CaseFacts) {
  if (!worksOn(actor, facts)) return deny('place')
  const { access } = facts
  const shared = [...(access?.shares.values() ?? [])].reduce((mask, one) => mask | one, 0)
  const reads = actor.role === 'coordinator' || (helps.includes(actor.role) && (shared & bit.SVC) !== 0)
  return reads ? allow('SVC', 'STA') : allow('STA')
}

/** Theirs, or still anybody's of their role. */
const liesWith = (actor: Actor, { task }: TaskFacts) =>
  task.role === actor.role &&
  task.organisation === actor.organisation &&
  (task.account === null || task.account === actor.user)

const may: Readonly<Record<TaskMove, (actor: Actor, facts: TaskFacts) => boolean>> = {
  take: liesWith,
  finish: liesWith,
  // Who asked for it, and who answers for the case, may put it elsewhere or let it go.
  drop: (actor, facts) => liesWith(actor, facts) || directs(actor, facts),
  give: (actor, facts) => liesWith(actor, facts) || directs(actor, facts),
  undo: (actor, facts) => liesWith(actor, facts) && facts.task.endedBy === actor.user && facts.task.endedToday,
}
const directs = (actor: Actor, { task, about }: TaskFacts) =>
  task.madeBy === actor.user || (about !== undefined && answersFor(actor, about))
const place = (actor: Actor, { about }: TaskFacts) => about === undefined || worksOn(actor, about)

/** What a reader may do with a task now: asked by the list as by the command. */
export const movesOf = (actor: Actor, facts: TaskFacts): TaskMove[] =>
  place(actor, facts) ? movesIn(facts.task.state).filter(move => may[move](actor, facts)) : []

// A move that the state forbids is told as such; one that the person may not is not told at all.
const moving = (move: TaskMove) => (actor: Actor, facts: TaskFacts) =>
  allowIf({ place: place(actor, facts), may: may[move](actor, facts) }, 'STA')

export const policy = {
  'tasks.today': () => allow('STA'),
  'tasks.count': () => allow(),
  'tasks.of-case': opens,
  'tasks.people': (actor: Actor, facts: CaseFacts) => allowIf({ place: worksOn(actor, facts) }),
  'tasks.make': opens,
  'tasks.make-own': (actor: Actor, facts: { readonly organisation: string }) =>
    allowIf({ organisation: facts.organisation === actor.organisation }),
  'tasks.take': moving('take'),
  'tasks.finish': moving('finish'),
  'tasks.drop': moving('drop'),
  'tasks.give': moving('give'),
  'tasks.undo': moving('undo'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
