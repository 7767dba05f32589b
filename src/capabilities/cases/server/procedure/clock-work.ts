import { type ClockUnit, due, type Pause, warnsAt } from '#platform/clocks/clock.ts'
import { type CountryPack, calendarOf } from '#platform/country/pack.ts'
import type { ClockCode } from '#platform/country/vocabulary.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Tx } from '#platform/db/context.ts'
import * as store from './store.ts'

/** The clocks by which a decision is due; lists of cases show the one that runs. */
const ofDecisions: readonly string[] = ['reasonable-grounds', 'conclusive-grounds']

/** How long a clock runs, from the country pack; undefined where the pack knows no limit. */
function limitOf(pack: CountryPack, kind: string) {
  const clock = pack.clocks.find(one => one.code === kind)
  if (!clock || clock.amount === null || clock.unit === null) return undefined
  return { ...clock, amount: clock.amount, unit: clock.unit }
}
/** How much a clock counts, in its unit; clocks from before it was written down as the pack says. */
export const amountOf = (pack: CountryPack, clock: store.ClockRow): number =>
  clock.amount ?? limitOf(pack, clock.kind)?.amount ?? 0
export const unitOf = (pack: CountryPack, clock: store.ClockRow): ClockUnit | undefined =>
  (clock.unit as ClockUnit | null) ?? limitOf(pack, clock.kind)?.unit
export const extendable = (pack: CountryPack, kind: string): boolean => limitOf(pack, kind)?.extendable ?? false
export const pauseReasons = (pack: CountryPack, kind: string): readonly string[] =>
  limitOf(pack, kind)?.pauseReasons ?? []

/** A clock of the country pack as it is written down when it starts. Undefined where the pack knows no limit. */
export function clockStart(pack: CountryPack, kind: ClockCode, start: Date) {
  const limit = limitOf(pack, kind)
  if (!limit) return undefined
  const { amount, unit, warnAt } = limit
  const calendar = calendarOf(pack)
  const span = { start, amount, unit }
  const dueAt = due(calendar, span)
  return {
    kind,
    starts_at: start,
    warn_at: warnsAt(calendar, span, warnAt) ?? dueAt,
    due_at: dueAt,
    unit,
    amount,
    warn_share: warnAt,
  }
}

/** Starts clocks; those for which the country knows no limit do not exist. */
export async function startClocks(
  tx: Tx,
  pack: CountryPack,
  caseId: string,
  codes: readonly ClockCode[],
  at: Date,
): Promise<void> {
  for (const kind of codes) {
    const clock = clockStart(pack, kind, at)
    if (clock) await store.startClock(tx, { id: uuidv7(), case_id: caseId, ...clock })
  }
}

/** Stops the running clocks of these kinds; one that stood still ends its pause with it. */
export async function stopClocks(
  tx: Tx,
  caseId: string,
  codes: readonly string[],
  at: Date,
  by: string,
): Promise<void> {
  for (const clock of await store.listClocks(tx, caseId)) {
    if (clock.stopped_at || !codes.includes(clock.kind)) continue
    if (clock.paused_at) await store.endPause(tx, clock.id, at, by)
    await store.changeClock(tx, clock.id, { stopped_at: at, paused_at: null })
  }
}

/** Stops whatever still runs or stands still: the case is over. */
export const stopEveryClock = async (tx: Tx, caseId: string, at: Date, by: string): Promise<void> =>
  stopClocks(
    tx,
    caseId,
    (await store.listClocks(tx, caseId)).map(({ kind }) => kind),
    at,
    by,
  )

/** Why a clock stood still while its case was closed. */
const whileClosed = 'closed'
/**
 * The clocks that a closing cut short go on where it met them: the time in which the case was closed is a pause like any
 * other, so what was left then is left now, one that had run out has still run out, and one that stood still stands still
 * for the same reason.
 * @returns the clocks that go on
 */
export async function goOnAfterClosing(
  tx: Tx,
  pack: CountryPack,
  caseId: string,
  { closedAt, now, by }: { readonly closedAt: Date; readonly now: Date; readonly by: string },
): Promise<store.ClockRow[]> {
  const cutShort = (await store.listClocks(tx, caseId)).filter(one => one.stopped_at?.getTime() === closedAt.getTime())
  for (const clock of cutShort) {
    const ended = (await store.listPauses(tx, clock.id)).find(one => one.to_at?.getTime() === closedAt.getTime())
    await store.changeClock(tx, clock.id, { stopped_at: null })
    await store.beginPause(tx, {
      id: uuidv7(),
      clock_id: clock.id,
      case_id: caseId,
      from_at: closedAt,
      to_at: now,
      reason: whileClosed,
      by_account: by,
      ended_by: by,
    })
    await reckon(tx, pack, clock, clock.amount, now)
    if (ended) await pauseClock(tx, clock, { id: uuidv7(), reason: ended.reason, from: now, by })
  }
  const ids = cutShort.map(({ id }) => id)
  return (await store.listClocks(tx, caseId)).filter(({ id }) => ids.includes(id))
}

/** Lets a clock stand still from a moment on: not before it began. */
export async function pauseClock(
  tx: Tx,
  clock: store.ClockRow,
  pause: { id: string; reason: string; from: Date; by: string },
): Promise<void> {
  const from = pause.from < clock.starts_at ? clock.starts_at : pause.from
  await store.beginPause(tx, {
    id: pause.id,
    clock_id: clock.id,
    case_id: clock.case_id,
    from_at: from,
    reason: pause.reason,
    by_account: pause.by,
  })
  await store.changeClock(tx, clock.id, { paused_at: from })
}

/** Lets it go on from a moment; its end moves by what it stood still, as the country's calendar counts. */
export async function resumeClock(tx: Tx, pack: CountryPack, clock: store.ClockRow, at: Date, by: string, now: Date) {
  await store.endPause(tx, clock.id, at, by)
  await reckon(tx, pack, clock, clock.amount, now)
  await store.changeClock(tx, clock.id, { paused_at: null })
}

/** Works out anew when a clock warns and runs out. @param amount in its unit; null as the pack says */
export async function reckon(
  tx: Tx,
  pack: CountryPack,
  clock: store.ClockRow,
  amount: number | null,
  now: Date,
): Promise<void> {
  const limit = limitOf(pack, clock.kind)
  const unit = unitOf(pack, clock)
  const much = amount ?? limit?.amount
  if (!unit || !much) return
  const pauses = (await store.listPauses(tx, clock.id)).map(
    ({ from_at, to_at }): Pause => ({ from: from_at, to: to_at ?? undefined }),
  )
  const calendar = calendarOf(pack)
  const span = { start: clock.starts_at, amount: much, unit, pauses }
  const dueAt = due(calendar, span)
  if (!dueAt) return
  await store.changeClock(tx, clock.id, {
    due_at: dueAt,
    warn_at: warnsAt(calendar, span, clock.warn_share ?? limit?.warnAt) ?? dueAt,
    amount: much,
    unit,
    // It has time again: should it run out once more, that is said once more.
    ...(dueAt > now ? { overdue_told: false } : {}),
  })
}

/** Every clock of a case stands still while it is interrupted. */
export async function pauseAll(tx: Tx, caseId: string, reason: string, from: Date, by: string): Promise<void> {
  for (const clock of await store.listClocks(tx, caseId))
    if (!clock.stopped_at && !clock.paused_at) await pauseClock(tx, clock, { id: uuidv7(), reason, from, by })
}
/** And goes on with it: those that stood still for that reason, not those that somebody paused. */
export async function resumeAll(
  tx: Tx,
  pack: CountryPack,
  caseId: string,
  reason: string,
  at: Date,
  by: string,
  now: Date,
): Promise<void> {
  for (const clock of await store.listClocks(tx, caseId))
    if (clock.paused_at && clock.reason === reason) await resumeClock(tx, pack, clock, at, by, now)
}

/** Writes down when the next decision is due, for lists; nothing while its clock stands still. */
export async function showDue(tx: Tx, caseId: string): Promise<void> {
  const running = (await store.listClocks(tx, caseId)).filter(
    one => ofDecisions.includes(one.kind) && !one.stopped_at && !one.paused_at,
  )
  await store.setDue(tx, caseId, running.at(-1)?.due_at ?? null)
}
