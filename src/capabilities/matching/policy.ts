import { type Actor, allowIf, type Rule } from '#platform/policy/decide.ts'
import { ofTheUnit } from '#platform/policy/roles.ts'

/** Of a possible match: whether it is there for who asks. The database says so, who knows both cases' makers and keepers. */
export interface MatchFacts {
  readonly found: boolean
}
/** Whether who asks has a right to the case, as the database says. */
export interface PlaceFacts {
  readonly holds: boolean
}
/** A merge or link that is there for who asks, because they have a right to both cases. */
export interface FoundFacts {
  readonly by: string | undefined
}

/** Who judges; who decides for the unit, only where it has no neutral coordinator. */
const judges = (actor: Actor) => actor.role === 'coordinator' || actor.role === 'decision-maker'
const unit = (actor: Actor) => ofTheUnit.has(actor.role)
const judge = (actor: Actor, { found }: MatchFacts) => ({ role: judges(actor), found })
const place = (actor: Actor, { holds }: PlaceFacts) => allowIf({ role: unit(actor), holds }, 'STA')

export const policy = {
  'matching.list': (actor: Actor) => allowIf({ role: judges(actor) }, 'STA'),
  'matching.compare': (actor: Actor, facts: MatchFacts) => allowIf(judge(actor, facts), 'ID', 'STA'),
  'matching.judge': (actor: Actor, facts: MatchFacts) => allowIf(judge(actor, facts), 'STA'),
  'matching.of-case': place,
  'matching.history': place,
  'matching.propose-merge': place,
  // Never one person.
  'matching.answer-merge': (actor: Actor, { by }: FoundFacts) =>
    allowIf({ role: unit(actor), found: by !== undefined, self: by !== actor.user }, 'STA'),
  'matching.unmerge': (actor: Actor, { by }: FoundFacts) =>
    allowIf({ role: unit(actor), found: by !== undefined }, 'STA'),
  // Of the other case, named by its reference, the same is asked; without a right to it there is none such.
  'matching.link': place,
  'matching.unlink': (actor: Actor, { by }: FoundFacts) =>
    allowIf({ role: unit(actor), found: by !== undefined }, 'STA'),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
