import { useSyncExternalStore } from 'react'

const query = '(max-width: 37.49rem)'

function watch(changed: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** Whether the window is as narrow as a phone held upright: under 600 px at the usual size of text. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => matchMedia(query).matches)
