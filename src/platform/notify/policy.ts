import { type Actor, allowIf, type Rule } from '../policy/decide.ts'

export const policy = {
  'notify.standing': (actor: Actor) => allowIf({ role: actor.role === 'administrator' }),
} satisfies Record<string, Rule<unknown>>
