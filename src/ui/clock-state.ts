export type ClockState = 'due' | 'soon' | 'overdue' | 'paused' | 'done'

export interface ClockTimes {
  /** When it runs out. */
  due: string | Date
  /** From when on to warn; the clock's own rule decides, usually at 80 %. */
  warnAt?: string | Date | undefined
  doneAt?: string | Date | null | undefined
  paused?: boolean
}

/** Where a clock stands. An overdue clock decides nothing by itself. */
export function clockState({ due, warnAt, doneAt, paused }: ClockTimes, now: Date): ClockState {
  if (doneAt) return 'done'
  if (paused) return 'paused'
  if (now >= new Date(due)) return 'overdue'
  return warnAt && now >= new Date(warnAt) ? 'soon' : 'due'
}
