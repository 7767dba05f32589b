import { identityOfChild, makeFolder, takeSlot } from '#capabilities/cases/server/index.ts'
import { recordLimitsTold } from '#capabilities/consent/server/index.ts'
import type { Out } from '#platform/contract/operation.ts'
import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import type { Read } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../contract.ts'
import type { Filled } from '../contract-filled.ts'
import { policy } from '../policy.ts'
import { talksFurther } from '../rules-reading.ts'
import { codedOf, requireOneWay } from './before-versions.ts'
import { findUsed } from './instruments/find.ts'
import { type Judged, judgedAndCoded, type Moment } from './instruments/judged.ts'
import * as store from './store.ts'
import { sealStory, sealTold } from './told.ts'

type Body = Out<(typeof screening.record)['body']>

/**
 * Records a screening and makes its case folder. The limits of confidentiality come first and are cited. Under the
 * country's age, or age in doubt, the person is treated as a child.
 */
export const record = handle(screening.record, policy, {
  run: async ({ tx, actor, services, input: { body }, key, now, note }) => {
    if (body.country !== actor.country) throw new Problem('invalid-input', [{ field: 'country', code: 'not-offered' }])
    const on = body.paper ? 'paper' : 'phone'
    requireNone([
      ...wrongSaid(body.saidAt, now, 'saidAt', on),
      ...wrongSaid(body.limitsTold.saidAt, now, 'limitsTold.saidAt', on),
      ...(body.paper ? wrongSaid(body.paper.writtenAt, now, 'paper.writtenAt', on) : []),
    ])
    const used = await usedIn(tx, actor, body, {
      now: new Date(body.paper?.writtenAt ?? body.saidAt),
      timeZone: services.packs.get(actor.country)?.timeZone.value ?? 'UTC',
      production: services.config.mode === 'production',
    })
    const child = identityOfChild(services, actor.country, body.identity, now, 'identity.') || body.child !== 'no'
    const slot = await takeSlot(tx, services.keys)
    const { told, talkFurther, ...columns } = used
    const seals = key(body.case, slot, 'SVC')
    const writtenBy = body.paper?.writtenBy
    // One turn: what is independent leaves together.
    const [, reference] = await Promise.all([
      recordLimitsTold(tx, actor.user, body.case, body.limitsTold, now, on),
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
        ...columns,
        language: body.language,
        interpreter: body.interpreter,
        place_safe: body.placeSafe,
        danger: body.danger,
        child,
        sector: body.sector ?? null,
        talk_further: talkFurther,
        worried: body.worried,
        sealed_story: body.story ? sealStory(seals, body.id, body.story) : null,
        sealed_told: told || writtenBy ? sealTold(seals, body.id, { ...told, writtenBy }) : null,
        limits_told: body.limitsTold.id,
        said_at: new Date(body.saidAt),
        written_at: body.paper ? new Date(body.paper.writtenAt) : null,
      }),
    ])
    note({ case: body.case, basis: body.limitsTold.id })
    return { id: body.id, case: body.case, reference, talkFurther }
  },
})

/** What was noticed and answered, as a row keeps it. */
async function usedIn(read: Read, actor: Actor, body: Body, moment: Moment) {
  if (!body.card && !body.shortScreen) {
    const { talkFurther, answers, ...coded } = await codedOf(read, actor, body)
    return { ...coded, answers: JSON.stringify(answers), told: undefined, talkFurther }
  }
  requireOneWay(body)
  const [card, shortScreen] = await Promise.all([
    body.card && partOf(read, actor, body.card, 'card', moment),
    body.shortScreen && partOf(read, actor, body.shortScreen, 'short-screen', moment),
  ])
  const sealed = ({ answers, declined, readings }: Judged) => ({ answers, declined, readings })
  return {
    instrument: (body.shortScreen ?? body.card)!.instrument,
    card: body.card?.instrument ?? null,
    card_version: body.card?.version ?? null,
    card_findings: [...(card?.findings ?? [])],
    signs: card ? [...card.marked] : [],
    short_screen: body.shortScreen?.instrument ?? null,
    short_screen_version: body.shortScreen?.version ?? null,
    short_screen_findings: [...(shortScreen?.findings ?? [])],
    answers: JSON.stringify(shortScreen?.choices ?? {}),
    told: { card: card && sealed(card), shortScreen: shortScreen && sealed(shortScreen) },
    talkFurther: shortScreen !== undefined && talksFurther(shortScreen.readings),
  }
}

const fieldOf = { card: 'card', 'short-screen': 'shortScreen' } as const

/** @throws Problem invalid-input naming the instrument, or each answer that its form does not take */
async function partOf(read: Read, actor: Actor, filled: Filled, layer: keyof typeof fieldOf, moment: Moment) {
  const found = await findUsed(read, actor.country, filled.instrument, filled.version)
  const at = fieldOf[layer]
  if (!found || found.row.layer !== layer || !found.row.whoMayUse.includes(actor.role))
    throw new Problem('invalid-input', [{ field: `${at}.instrument`, code: 'not-offered' }])
  return judgedAndCoded(found, filled, moment, `${at}.`)
}
