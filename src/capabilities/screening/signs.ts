import data from './signs.json' with { type: 'json' }

/**
 * What an officer in the field uses: a card of signs to notice without asking, and eight questions for a person who
 * is ready to talk. Words are under `screening.sign.<code>`, `screening.ask.<code>` and `screening.ask.<code>.hint`.
 * Nothing here asks about sex or about violence that was done, and nothing here is needed before a referral.
 */

export type Instrument = {
  readonly code: string
  /** Stored with every set of answers; raised by each change of the items or their words. */
  readonly version: number
  readonly kind: 'observation' | 'questions'
  /** Children are not asked the questions; they are referred. */
  readonly person: 'any' | 'adult'
  readonly exploitation: 'labour' | 'any'
  readonly languages: readonly string[]
  /** Roles of the platform. */
  readonly whoMayUse: readonly string[]
  readonly trainingNeeded: boolean
  readonly source: string
  /** Marks as in the country packs; G: the items are general knowledge, check them with the original. */
  readonly verified: string
  readonly licence: string
  /** What is known of how well it tells. Shown as it is. */
  readonly validity: {
    readonly status: 'not-validated' | 'validated'
    readonly statement: string
    readonly source: string
    readonly verified: string
  }
  /** Codes in the order of the screen. */
  readonly items: readonly string[]
}

export const signCard = data.signCard as Instrument
export const shortScreen = data.shortScreen as Instrument

/** Not wanting to say and not being asked are answers of their own, and neither gives concern. */
export const askAnswers = ['yes', 'no', 'unknown', 'not-said', 'not-asked'] as const
export type AskAnswer = (typeof askAnswers)[number]

export const screenResults = ['talk-further', 'nothing-heard'] as const
export type ScreenResult = (typeof screenResults)[number]

/**
 * Any yes means: talk further and offer help. It is no finding, tells nobody, and a `nothing-heard` closes nothing.
 * Answers to codes that are not in the screen are not looked at.
 */
export function readShortScreen(answers: Readonly<Record<string, AskAnswer | undefined>>): ScreenResult {
  const yes = shortScreen.items.some(code => Object.hasOwn(answers, code) && answers[code] === 'yes')
  return yes ? 'talk-further' : 'nothing-heard'
}
