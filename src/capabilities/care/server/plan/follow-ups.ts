import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import type { FollowUp } from '../../contract-plan.ts'
import { policy } from '../../policy.ts'
import { daysAfter, loaded, ofCase, requireOpen, wrong } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import * as store from './store.ts'

export const followUps = handle(care.followUps, policy, {
  ...ofCase,
  run: async ({ read, key, facts, input: { params } }) => {
    const box = boxOf(key, loaded(facts).row)
    const rows = await store.listFollowUps(read, params.case)
    return {
      items: rows.map(one => ({
        id: one.id,
        kind: one.kind as FollowUp['kind'],
        dueOn: one.due_on,
        state: one.state as FollowUp['state'],
        ...(one.sealed_note ? { note: box.open<string>('followUp', one.id, one.sealed_note) } : {}),
        markedAt: one.marked_at?.toISOString() ?? null,
        markedBy: one.name,
        version: one.version,
      })),
    }
  },
})

/** How far ahead a follow-up may be planned, in days. */
const ahead = 2 * 366

export const planFollowUps = handle(care.planFollowUps, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, input: { params, body }, now, ...context }) => {
    requireOpen(loaded(context.facts))
    const { kind, dates, every } = body
    if ((dates === undefined) === (every === undefined))
      throw wrong(dates === undefined ? 'dates' : 'every', dates === undefined ? 'required' : 'not-offered')
    const step = every && every.amount * (every.unit === 'weeks' ? 7 : 1)
    const days = dates ?? Array.from({ length: every!.times }, (_, at) => daysAfter(every!.from, at * step!))
    const today = todayIn(services, actor.country, now)
    for (const [at, day] of days.entries()) {
      const field = dates ? `dates.${at}` : at === 0 ? 'every.from' : 'every.times'
      if (day < today) throw wrong(field, 'past')
      if (day > daysAfter(today, ahead)) throw wrong(field, 'too-far', ahead)
      if (days.indexOf(day) !== at) throw wrong(field, 'twice')
    }
    for (const due_on of days)
      await store.insertFollowUp(tx, { id: uuidv7(), case_id: params.case, kind, due_on, by_account: actor.user })
    await addToTimeline(tx, actor, params.case, 'care.follow-ups-planned', { count: days.length })
    return { count: days.length }
  },
})

/** Done, missed, moved or no longer needed. What was moved stands again under its new day. */
export const markFollowUp = handle(care.markFollowUp, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, key, input: { params, body, version }, now, ...context }) => {
    const facts = loaded(context.facts)
    const row = await store.getFollowUp(tx, params.case, params.followUp)
    // The last contact comes after the case was closed.
    if (row.kind !== 'last-contact') requireOpen(facts)
    if (row.state !== 'planned') throw new Problem('not-now')
    if ((body.state === 'moved') !== (body.to !== undefined))
      throw wrong('to', body.to === undefined ? 'required' : 'not-offered')
    const today = todayIn(services, actor.country, now)
    if (body.to !== undefined && body.to < today) throw wrong('to', 'past')
    if (body.to !== undefined && body.to > daysAfter(today, ahead)) throw wrong('to', 'too-far', ahead)
    requireFresh(
      await store.markFollowUp(tx, row.id, version, {
        state: body.state,
        sealed_note: body.note === undefined ? null : boxOf(key, facts.row).seal('followUp', row.id, body.note),
        marked_by: actor.user,
        marked_at: now,
      }),
    )
    if (body.to !== undefined)
      await store.insertFollowUp(tx, {
        id: uuidv7(),
        case_id: params.case,
        kind: row.kind,
        due_on: body.to,
        by_account: actor.user,
      })
    await addToTimeline(tx, actor, params.case, 'care.follow-up-marked', { state: body.state })
    return { id: row.id, version: version + 1 }
  },
})
