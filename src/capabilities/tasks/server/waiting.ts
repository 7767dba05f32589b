import { careWaiting, daysAfter } from '#capabilities/care/server/index.ts'
import { casesWaiting } from '#capabilities/cases/server/index.ts'
import { justiceWaiting } from '#capabilities/justice/server/index.ts'
import { oversightWaiting } from '#capabilities/oversight/server/index.ts'
import { referralsWaiting } from '#capabilities/referrals/server/index.ts'
import { todayIn } from '#platform/clocks/today.ts'
import { type Horizon, type Waits, waits } from '#platform/clocks/waiting.ts'
import type { Read } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { findLeads } from '#platform/policy/access.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { ofTheUnit } from '#platform/policy/roles.ts'
import type { DayPart, Waiting, WaitingKind } from '../contract-today.ts'
import { isLate, midnightOf } from './facts.ts'
import * as store from './store.ts'

/** How many things a day's list shows. */
export const most = 200

/** A horizon with the instants at which tomorrow and the week after begin in the country. */
export interface Days extends Horizon {
  readonly tomorrow: string
  readonly weekOver: string
}
/** How far somebody's list looks, in the days of their country. */
export function horizonOf(services: Services, country: string, now: Date, ahead: number): Days {
  const day = todayIn(services, country, now)
  const until = daysAfter(day, ahead)
  const startOf = (days: number) => midnightOf(services, country, daysAfter(day, days))
  return {
    now,
    day,
    until,
    end: startOf(ahead + 1),
    limit: most + 1,
    tomorrow: startOf(1).toISOString(),
    weekOver: startOf(8).toISOString(),
  }
}

/** What each slice says waits for this actor, each thing once, the earliest first. What has no time stands last. */
export async function allWaiting(read: Read, actor: Actor, horizon: Days): Promise<Waiting[]> {
  const holder = { account: actor.user, organisation: actor.organisation, role: actor.role }
  const [mine, ...found] = await Promise.all([
    store.listLying(read, holder, horizon.until, horizon.end, horizon.limit),
    careWaiting(read, actor, horizon),
    casesWaiting(read, actor, horizon),
    referralsWaiting(read, actor, horizon),
    justiceWaiting(read, actor, horizon),
    oversightWaiting(read, actor, horizon),
  ])
  const seen = (found as Waits<WaitingKind>[][]).flat()
  const cases = [...mine.map(row => row.case_id), ...seen.map(one => one.case)].filter(one => one !== null)
  const leads = knowsOfMerges.has(actor.role) && cases.length > 0 ? await findLeads(read, [...new Set(cases)]) : none
  return [
    ...mine.map(row => shown(waits('task', row), horizon, movesOfTask(row), leads)),
    ...seen.map(one => shown(one, horizon, movesOf[one.kind] ?? [], leads)),
  ].sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1))
}

/** To whom a task can be given is a matter of its case. */
const movesOfTask = ({ state, case_id }: store.LyingRow): Waiting['moves'] => [
  ...(state === 'open' ? (['take'] as const) : []),
  'finish',
  ...(case_id === null ? [] : (['give'] as const)),
  'drop',
]
/** What can be done in the list; everything else is done on the page it leads to. */
const movesOf: Partial<Record<WaitingKind, Waiting['moves']>> = {
  'follow-up': ['mark'],
  action: ['mark'],
  alert: ['seen'],
}

// Who does not know that two cases are of one person goes on in the one they know.
const knowsOfMerges = ofTheUnit
type Leads = Awaited<ReturnType<typeof findLeads>>
const none: Leads = new Map()

function shown(one: Waits<WaitingKind>, horizon: Days, moves: Waiting['moves'], leads: Leads): Waiting {
  const part = partOf(one, horizon)
  const under = (one.case && leads.get(one.case)) || null
  return {
    ...one,
    under,
    urgency: one.urgency as Waiting['urgency'],
    part,
    overdue: part === 'late',
    moves: [...moves],
  }
}
/** News has come and is not late; what has no time, or none soon, waits without one. */
const isNews = new Set<WaitingKind>(['answer', 'alert'])
function partOf({ kind, due }: Waits<WaitingKind>, { day, now, tomorrow, weekOver }: Days): DayPart {
  if (due === null) return 'standing'
  if (isNews.has(kind)) return 'today'
  if (isLate(due, day, now)) return 'late'
  if (due.length === 10) return due <= day ? 'today' : due <= daysAfter(day, 7) ? 'this-week' : 'standing'
  return due < tomorrow ? 'today' : due < weekOver ? 'this-week' : 'standing'
}

// A day is due when it ends; within it, what runs to the hour comes first.
const endOf = ({ due }: Waiting): string => (due === null ? '9999' : due.length === 10 ? `${due}T99` : due)
