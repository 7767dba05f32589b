import { useEffect, useState } from 'react'

/**
 * A voice that speaks on this device in a language; undefined where there is none. Voices that are not `localService`
 * would send the text away, so they count as none.
 */
export function useVoice(lang: string | undefined): SpeechSynthesisVoice | undefined {
  const [voices, setVoices] = useState<readonly SpeechSynthesisVoice[]>([])
  useEffect(() => {
    const speech = globalThis.speechSynthesis
    if (!speech) return
    const look = () => setVoices(speech.getVoices())
    look()
    speech.addEventListener?.('voiceschanged', look)
    return () => speech.removeEventListener?.('voiceschanged', look)
  }, [])
  return voiceFor(voices, lang)
}

export function voiceFor(voices: readonly SpeechSynthesisVoice[], lang: string | undefined) {
  if (!lang) return undefined
  const wanted = lang.toLowerCase()
  const onDevice = voices.filter(voice => voice.localService === true)
  const tag = (voice: SpeechSynthesisVoice) => voice.lang.toLowerCase().replace('_', '-')
  return (
    onDevice.find(voice => tag(voice) === wanted) ??
    onDevice.find(voice => tag(voice).split('-')[0] === wanted.split('-')[0])
  )
}
