import { useEffect, useMemo, useState } from 'react'
import { useVoice } from '#staff/form/voices.ts'
import { type Reader, type Reading, readerOf } from './reader.ts'

/** Browsers name their voices a little after the page has begun. */
const voicesWithinMs = 1_500

/**
 * Reading aloud with a voice that this device has; any other would send the text away. Leaving the page, or another
 * page in front of it, ends it.
 * @returns `voice`: `waiting` until the device has said which voices it has
 */
export function useReading(
  paragraphs: readonly string[],
  lang: string,
): { readonly voice: 'waiting' | 'none' | 'here'; readonly reading: Reading; readonly reader: Reader | undefined } {
  const voice = useVoice(lang)
  const [reading, setReading] = useState<Reading>({ state: 'silent' })
  const [waited, setWaited] = useState(false)
  useEffect(() => {
    const wait = setTimeout(() => setWaited(true), voicesWithinMs)
    return () => clearTimeout(wait)
  }, [])
  const text = paragraphs.join('\n')
  const reader = useMemo(() => {
    const speech = globalThis.speechSynthesis
    if (!voice || !speech) return undefined
    const utter = (one: string) => {
      const words = new SpeechSynthesisUtterance(one)
      words.voice = voice
      words.lang = voice.lang
      return words
    }
    return readerOf(speech, text.split('\n'), utter, setReading)
  }, [voice, text])
  useEffect(() => {
    if (!reader) return
    const leave = () => {
      if (document.visibilityState === 'hidden') reader.stop()
    }
    const gone = () => reader.stop()
    document.addEventListener('visibilitychange', leave)
    window.addEventListener('pagehide', gone)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      window.removeEventListener('pagehide', gone)
      reader.stop()
    }
  }, [reader])
  return { voice: reader ? 'here' : waited || !globalThis.speechSynthesis ? 'none' : 'waiting', reading, reader }
}
