import { type ReactNode, useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react'
import { FormRunner } from '#staff/form/FormRunner.tsx'
import { checkPlace, type Interview } from '#staff/form/interview.ts'

/** The place in an address that means the last page, for whoever comes back to it. */
export const lastPlace = 'end'

/**
 * The pages of an instrument as a part of the journey, one question each. Where it stands is in the address, so that
 * the phone's own back works; its answers are checked with all the others at the journey's end.
 */
export function InstrumentPages({
  interview,
  at,
  help,
  onAt,
  onDone,
  onOut,
  onStop,
}: {
  interview: Interview
  /** From the address. */
  at: string | undefined
  help: ReactNode
  onAt: (place: string, replace: boolean) => void
  onDone: () => void
  /** Back from the first page. */
  onOut: () => void
  onStop: () => void
}) {
  useSyncExternalStore(interview.subscribe, interview.snapshot)
  const { moves, place, away } = interview
  const lead = useEffectEvent((wanted: string | undefined) => {
    const pages = interview.pages('question')
    const page = wanted === lastPlace ? pages.at(-1) : (pages.find(one => one.id === wanted) ?? pages[0])
    if (!page) onDone()
    else if (interview.place !== page.id) interview.go(page.id)
  })
  useEffect(() => lead(at), [at])
  const moved = useEffectEvent(() => {
    if (away === 'stopped') onStop()
    else if (place === checkPlace) onDone()
    else if (place !== undefined && place !== at) onAt(place, at === undefined || at === lastPlace)
  })
  const seen = useRef(moves)
  useEffect(() => {
    if (moves === seen.current) return
    seen.current = moves
    moved()
  }, [moves])
  if (place === checkPlace || away === 'stopped') return null
  return <FormRunner interview={interview} mode="question" help={help} onFinish={onDone} onOut={onOut} />
}
