import { type RefObject, useEffect, useRef } from 'react'

/**
 * For a row that is scrolled sideways where it does not fit: brings the current one into it.
 * @param current selector of the current one
 * @param changes whenever this changes, another one may be current
 */
export function useStrip<E extends HTMLElement>(current: string, changes: unknown): RefObject<E | null> {
  const strip = useRef<E>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes is only seen in the page
  useEffect(() => {
    // Collections are filled in a second pass, after the effects of the first.
    const frame = requestAnimationFrame(() => {
      const row = strip.current
      const one = row?.querySelector<HTMLElement>(current)
      if (!row || !one) return
      // Only the row moves: scrolling to the element would move the page as well.
      const { left, width } = one.getBoundingClientRect()
      const box = row.getBoundingClientRect()
      row.scrollLeft += left + width / 2 - (box.left + box.width / 2)
    })
    return () => cancelAnimationFrame(frame)
  }, [current, changes])
  return strip
}
