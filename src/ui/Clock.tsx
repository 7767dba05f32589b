import { useEffect, useState } from 'react'
import { type ClockState, type ClockTimes, clockState } from './clock-state.ts'
import type { IconName } from './Icon.tsx'
import { Tag, type Tone } from './Tag.tsx'
import { useWords } from './words-context.tsx'

export interface ClockProps extends ClockTimes {
  /** For tests and pictures; otherwise the present, kept up to the minute. */
  now?: Date
}

const looks: Record<ClockState, [Tone, IconName]> = {
  due: ['neutral', 'clock'],
  soon: ['warning', 'clock'],
  overdue: ['danger', 'alert'],
  paused: ['info', 'pause'],
  done: ['good', 'check'],
}

/** How much time is left, in words: "Due in 2 days". */
export function Clock(props: ClockProps) {
  const words = useWords()
  const [present, setPresent] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setPresent(new Date()), 60_000)
    return () => clearInterval(timer)
  }, [])
  const now = props.now ?? present
  const state = clockState(props, now)
  const [tone, icon] = looks[state]
  const when = words.relative(props.doneAt ?? props.due, now)
  return (
    <Tag tone={tone} icon={icon}>
      <time dateTime={new Date(props.due).toISOString()} title={words.dateTime(props.due)}>
        {words.t(`ui.clock.${state}`, { when })}
      </time>
    </Tag>
  )
}
