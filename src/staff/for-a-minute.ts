import { useEffect, useState } from 'react'
import './for-a-minute.css'

/** So long it stands on the screen, in milliseconds. */
const standsFor = 60_000

interface Kept<T> {
  /** What is known without asking. */
  readonly first?: T | undefined
  /** Whether it tells anything that has to go again. */
  readonly tells: (shown: T) => boolean
  /** What somebody is typing beside it is never taken away. */
  readonly typing?: boolean
}
/**
 * What is asked for by itself, which is written down each time: gone again after a minute, when somebody turns to another window, and with
 * the page. Whatever shows it is of the class `for-a-minute`, which no printer prints.
 */
export function useForAMinute<T>(ask: () => Promise<T>, { first, tells, typing = false }: Kept<T>) {
  const [shown, setShown] = useState<T | undefined>(first)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const told = shown !== undefined && tells(shown)
  useEffect(() => {
    if (!told || typing) return
    const hide = () => setShown(undefined)
    const turned = () => document.visibilityState === 'hidden' && hide()
    const later = setTimeout(hide, standsFor)
    document.addEventListener('visibilitychange', turned)
    return () => {
      clearTimeout(later)
      document.removeEventListener('visibilitychange', turned)
    }
  }, [told, typing])
  const look = async (): Promise<T | undefined> => {
    setBusy(true)
    try {
      const found = await ask()
      setShown(found)
      setError(undefined)
      return found
    } catch (thrown) {
      setError(thrown)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { shown, told, busy, error, look, show: setShown, hide: () => setShown(undefined) }
}
