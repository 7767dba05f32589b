import { identityOfChild, makeFolder, takeSlot } from '#capabilities/cases/server/index.ts'
import { recordLimitsTold } from '#capabilities/consent/server/index.ts'
import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../contract.ts'
import { policy } from '../policy.ts'
import { readShortScreen, shortScreen, signCard } from '../signs.ts'
import { everPublished, type Found, findShipped } from './instruments/find.ts'
import * as store from './store.ts'
import { sealStory } from './story.ts'

/**
 * Records a screening and makes its case folder. The limits of confidentiality come first and are cited. Under the
 * country's age, or age in doubt, the person is treated as a child.
 */
export const record = handle(screening.record, policy, {
  run: async ({ tx, actor, services, input: { body }, key, now, note }) => {
    requireKnownQuestions(Object.keys(body.answers))
    // Where questions were asked too, the screening is named by them; its signs are still those of the card.
    await requireKnownSigns(
      tx,
      actor,
      body.instrument === shortScreen.code ? signCard.code : body.instrument,
      body.signs,
    )
    if (body.country !== actor.country) throw new Problem('invalid-input', [{ field: 'country', code: 'not-offered' }])
    requireNone([...wrongSaid(body.saidAt, now), ...wrongSaid(body.limitsTold.saidAt, now, 'limitsTold.saidAt')])
    const child = identityOfChild(services, actor.country, body.identity, now, 'identity.') || body.child !== 'no'
    const slot = await takeSlot(tx, services.keys)
    const talkFurther = readShortScreen(body.answers) === 'talk-further'
    const story = body.story ? sealStory(key(body.case, slot, 'SVC'), body.id, body.story) : null
    // One turn: what is independent leaves together.
    const [, reference] = await Promise.all([
      recordLimitsTold(tx, actor.user, body.case, body.limitsTold, now),
      makeFolder(tx, actor, services, key, {
        id: body.case,
        slot,
        urgency: body.danger ? 'emergency' : body.urgency,
        child,
        sector: body.sector,
        identity: body.identity,
      }),
      store.insert(tx, {
        id: body.id,
        case_id: body.case,
        country: actor.country,
        agency: actor.organisation,
        by_account: actor.user,
        instrument: body.instrument,
        language: body.language,
        interpreter: body.interpreter,
        place_safe: body.placeSafe,
        danger: body.danger,
        child,
        sector: body.sector ?? null,
        signs: body.signs,
        answers: JSON.stringify(body.answers),
        talk_further: talkFurther,
        worried: body.worried,
        sealed_story: story,
        limits_told: body.limitsTold.id,
        said_at: new Date(body.saidAt),
      }),
    ])
    note({ case: body.case, basis: body.limitsTold.id })
    return { id: body.id, case: body.case, reference, talkFurther }
  },
})

/** @throws Problem invalid-input naming the first question that the short screen does not have */
function requireKnownQuestions(questions: readonly string[]): void {
  const question = questions.find(one => !shortScreen.items.includes(one))
  if (question) throw new Problem('invalid-input', [{ field: `answers.${question}`, code: 'unknown-field' }])
}

const signsOf = ({ instrument: { form, about } }: Found): readonly string[] =>
  about.layer === 'card' ? form.lists.flatMap(list => list.choices.map(({ name }) => name)) : []

/**
 * The card is any that people of this role may use, and its signs those of any version that was ever published: a
 * phone without signal still shows the one before.
 * @throws Problem invalid-input naming the card, or the first sign that it does not have
 */
async function requireKnownSigns(read: Read, actor: Actor, card: string, signs: readonly string[]): Promise<void> {
  const usable = (one: Found) => one.row.layer === 'card' && one.row.whoMayUse.includes(actor.role)
  const missing = (cards: readonly Found[]) => {
    const known = new Set(cards.flatMap(signsOf))
    return signs.findIndex(sign => !known.has(sign))
  }
  const shipped = findShipped(card)
  if (shipped && usable(shipped) && missing([shipped]) < 0) return
  const cards = (await everPublished(read, actor.country, card)).filter(usable)
  if (cards.length === 0) throw new Problem('invalid-input', [{ field: 'instrument', code: 'not-offered' }])
  const sign = missing(cards)
  if (sign >= 0) throw new Problem('invalid-input', [{ field: `signs.${sign}`, code: 'choice' }])
}
