import { useEffect, useRef, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import { mediaPath, useForm } from './form-context.tsx'
import { useVoice } from './voices.ts'

/**
 * Reads a text aloud: a recording where the form has one, else a voice of this device; with neither there is no
 * button. Silent as soon as it is drawn no more: give it a `key` of what it reads.
 */
export function ReadAloud({
  texts,
  lang,
  recording,
}: {
  texts: readonly string[]
  lang: string | undefined
  /** File name of a recording in the language shown. */
  recording?: string | null | undefined
}) {
  const { t } = useWords()
  const voice = useVoice(lang)
  const file = mediaPath(recording, useForm())
  const [reading, setReading] = useState(false)
  const [failed, setFailed] = useState(false)
  const audio = useRef<HTMLAudioElement>(null)
  const recorded = file !== undefined && !failed
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or language ends the reading of this one
  useEffect(
    () => () => {
      audio.current?.pause()
      globalThis.speechSynthesis?.cancel()
      setReading(false)
    },
    [texts.join('\n'), lang, file],
  )
  if (!recorded && !voice) return null
  const stop = () => {
    audio.current?.pause()
    globalThis.speechSynthesis?.cancel()
    setReading(false)
  }
  const speak = () => {
    if (!voice) return setReading(false)
    const speech = globalThis.speechSynthesis
    speech.cancel()
    for (const [place, text] of texts.entries()) {
      const words = new SpeechSynthesisUtterance(text)
      words.voice = voice
      words.lang = voice.lang
      if (place === texts.length - 1) words.onend = () => setReading(false)
      words.onerror = () => setReading(false)
      speech.speak(words)
    }
  }
  const start = () => {
    setReading(true)
    if (!recorded) return speak()
    audio.current ??= new Audio()
    audio.current.src = file
    audio.current.onended = () => setReading(false)
    audio.current.play().catch(() => {
      // The recording is not here; a voice of the device may be.
      setFailed(true)
      speak()
    })
  }
  return (
    <Button variant="quiet" className="form-read" aria-pressed={reading} onClick={reading ? stop : start}>
      {reading ? <Icon name="pause" /> : <Sound />}
      {t(reading ? 'form.read.stop' : 'form.read.start')}
    </Button>
  )
}

const Sound = () => (
  <svg viewBox="0 0 24 24" className="icon" aria-hidden="true" focusable="false">
    <path d="M4 9.500h4l5-4.500v14l-5-4.500H4zM16 9a4.200 4.200 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11" />
  </svg>
)
