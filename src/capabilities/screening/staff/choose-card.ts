import type { InstrumentRow } from '../contract-instruments.ts'
import { noCard, using } from '../journey.ts'
import type { Draft } from './draft.ts'
import { screenFor, suggested } from './offered.ts'

/** The draft with a card, and the questions that go with it. What was filled in with the same version stays. */
export function withCard(draft: Draft, card: InstrumentRow | undefined, screens: readonly InstrumentRow[]): Draft {
  const { answers, made } = draft
  const screen = screenFor(screens, card)
  const kept = (before: Draft['made']['card'], row: InstrumentRow | undefined) =>
    row && (before?.instrument === row.code && before.version === row.version ? before : using(row))
  return {
    ...draft,
    answers: { ...answers, signCard: card?.code ?? noCard, questions: screen?.code },
    made: { ...made, card: kept(made.card, card), shortScreen: kept(made.shortScreen, screen) },
  }
}

/**
 * A draft in which nobody has chosen yet, with the card of this visit, or the one that fits the organisation. What the
 * country publishes meanwhile does not change a screening under way.
 */
export function withFirstCard(
  draft: Draft,
  { cards, screens }: { cards: readonly InstrumentRow[]; screens: readonly InstrumentRow[] },
  remembered: string | undefined,
  kind: string,
): Draft {
  if (draft.answers.signCard !== undefined || cards.length + screens.length === 0) return draft
  if (remembered === noCard) return withCard(draft, undefined, screens)
  const card = cards.find(row => row.code === remembered) ?? suggested(cards, kind)
  return card ? withCard(draft, card, screens) : draft
}
