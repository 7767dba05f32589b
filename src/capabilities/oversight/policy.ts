import { type CaseFacts, inCharge } from '#capabilities/cases/policy.ts'
import { compartmentsIn, maskOf } from '#platform/policy/compartments.ts'
import { type Actor, allow, allowIf, deny, type Rule } from '#platform/policy/decide.ts'
import type { Role } from '#platform/policy/roles.ts'

/** A case that somebody named by its reference: undefined where there is none for them. */
export interface NamedFacts {
  readonly found: { readonly id: string; readonly slot: number } | undefined
}
/** A record of this slice, with what of it decides. */
export interface GlassFacts {
  readonly glass:
    | { readonly case: string; readonly by: string; readonly role: string; readonly judge: boolean }
    | undefined
  /** The compartments that it still opens to who asks. */
  readonly opens: number
}
export interface SealingFacts {
  readonly sealing:
    | { readonly case: string; readonly by: string; readonly byRole: string; readonly state: string }
    | undefined
  /** In charge of the case, or of the unit that holds it. */
  readonly place: boolean
}

export interface ErasureFacts {
  readonly erasure: { readonly case: string; readonly by: string } | undefined
  readonly place: boolean
}

const breakers: readonly Role[] = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager']
const officer = (actor: Actor) => actor.role === 'data-protection-officer'
const watchers: readonly Role[] = [...breakers, 'data-protection-officer']
const unitSide: readonly Role[] = ['coordinator', 'decision-maker']

/** Two factors: whoever only typed a password opens nothing that is not theirs. */
const strong = (actor: Actor) => actor.strength === 2

export const policy = {
  'oversight.break-glass': (actor: Actor, { found }: NamedFacts) =>
    allowIf({ role: breakers.includes(actor.role), strong: strong(actor), found: found !== undefined }, 'STA'),
  // Their own, in the role that they broke it in; what is left of the hour decides what opens.
  'oversight.read-glass': (actor: Actor, { glass, opens }: GlassFacts) =>
    glass !== undefined && glass.by === actor.user && glass.role === actor.role && opens !== 0
      ? allow(...compartmentsIn(opens))
      : deny('glass'),
  'oversight.my-glasses': (actor: Actor) => allowIf({ role: breakers.includes(actor.role) }, 'STA'),
  'oversight.list-glasses': (actor: Actor) => allowIf({ role: officer(actor) }, 'STA'),
  // Nobody reviews for themselves, nor for whom they let in that day.
  'oversight.review-glass': (actor: Actor, { glass }: GlassFacts) =>
    allowIf(
      {
        role: officer(actor),
        found: glass !== undefined,
        self: glass?.by !== actor.user,
        judge: glass?.judge === true,
      },
      'STA',
    ),
  'oversight.glasses-of-case': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }, 'STA'),
  'oversight.tell-person': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }),

  'oversight.alerts': (actor: Actor) => allowIf({ role: watchers.includes(actor.role) }),
  'oversight.see-alert': (actor: Actor) => allowIf({ role: watchers.includes(actor.role) }),

  'oversight.list-bars': (actor: Actor) => allowIf({ role: officer(actor) || actor.role === 'intake' }),
  'oversight.bar': (actor: Actor, { found }: NamedFacts) =>
    allowIf({ role: officer(actor) || actor.role === 'intake', found: found !== undefined }),
  'oversight.end-bar': (actor: Actor) => allowIf({ role: officer(actor) || actor.role === 'intake' }),

  'oversight.list-sealings': (actor: Actor) =>
    allowIf({ role: officer(actor) || unitSide.includes(actor.role) }, 'STA'),
  'oversight.propose-sealing': (actor: Actor, { found }: NamedFacts) =>
    allowIf({ role: officer(actor) || unitSide.includes(actor.role), found: found !== undefined }, 'STA'),
  // Two people of two sides: one protects data, the other answers for the case.
  'oversight.answer-sealing': (actor: Actor, { sealing, place }: SealingFacts) =>
    allowIf(
      {
        found: sealing !== undefined,
        self: sealing?.by !== actor.user,
        side: officer(actor)
          ? sealing?.byRole !== 'data-protection-officer'
          : unitSide.includes(actor.role) && place && sealing?.byRole === 'data-protection-officer',
      },
      'STA',
    ),

  'oversight.list-erasures': (actor: Actor) =>
    allowIf({ role: officer(actor) || unitSide.includes(actor.role) }, 'STA'),
  'oversight.propose-erasure': (actor: Actor, { found }: NamedFacts) =>
    allowIf({ role: officer(actor), found: found !== undefined }, 'STA'),
  // Never one person: who proposes protects data, who confirms answers for the case.
  'oversight.answer-erasure': (actor: Actor, { erasure, place }: ErasureFacts) =>
    allowIf({ role: unitSide.includes(actor.role), place, self: erasure?.by !== actor.user, strong: strong(actor) }),
  'oversight.list-due': (actor: Actor) => allowIf({ role: officer(actor) }),
  // The person's own words and codes; never investigation, witness or health, which others hand over.
  'oversight.export-subject': (actor: Actor, facts: CaseFacts) =>
    inCharge(actor, facts)
      ? // Where somebody is leaves on no paper.
        allow(...compartmentsIn(maskOf(['ID', 'SVC', 'STA']) & (facts.access?.held ?? 0)))
      : deny('charge'),
  'oversight.list-holds': (actor: Actor) => allowIf({ role: officer(actor) || unitSide.includes(actor.role) }),
  'oversight.place-hold': (actor: Actor, { found }: NamedFacts) =>
    allowIf({ role: officer(actor) || unitSide.includes(actor.role), found: found !== undefined }),
  'oversight.end-hold': (actor: Actor) => allowIf({ role: officer(actor) || unitSide.includes(actor.role) }),

  // Codes and sizes: no key, no name.
  'oversight.list-held': (actor: Actor) => allowIf({ role: officer(actor) }),
  'oversight.answer-held': (actor: Actor) => allowIf({ role: officer(actor), strong: strong(actor) }),

  'oversight.list-canaries': (actor: Actor) => allowIf({ role: officer(actor) }),
  // Writes down who the invented person is; opens nothing of anybody.
  'oversight.plant-canary': (actor: Actor) => allowIf({ role: officer(actor) }, 'ID'),

  'oversight.read-events': (actor: Actor) => allowIf({ role: officer(actor) }),
  'oversight.export-events': (actor: Actor) => allowIf({ role: officer(actor) }),
  'oversight.unusual': (actor: Actor) => allowIf({ role: officer(actor) }),
  'oversight.find-people': (actor: Actor) =>
    allowIf({ role: officer(actor) || actor.role === 'intake' || unitSide.includes(actor.role) }),
  'oversight.case-log': (actor: Actor, facts: CaseFacts) => allowIf({ charge: inCharge(actor, facts) }),
  // biome-ignore lint/suspicious/noExplicitAny: rules over facts of several shapes
} satisfies Record<string, Rule<any>>
