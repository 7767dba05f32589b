/** What a device speaks with; the browser's own `speechSynthesis` fits. */
export interface Speech {
  speak(utterance: SpeechSynthesisUtterance): void
  cancel(): void
}

/** Which paragraph is read now, from 0; `paused`: which one is read when it goes on. */
export type Reading = { readonly state: 'silent' } | { readonly state: 'reading' | 'paused'; readonly at: number }

export interface Reader {
  readonly start: () => void
  /** Silent at once; it goes on with the beginning of this paragraph. */
  readonly pause: () => void
  readonly stop: () => void
}

/**
 * Reads paragraphs one after the other. A browser's own pause loses its place on some phones, so a pause is a stop that
 * remembers the paragraph; and what is cancelled still tells of its end, late, so only the newest is listened to.
 * @param utter makes what is spoken of one paragraph, in a voice of this device
 */
export function readerOf(
  speech: Speech,
  paragraphs: readonly string[],
  utter: (text: string) => SpeechSynthesisUtterance,
  tell: (reading: Reading) => void,
): Reader {
  let turn = 0
  let at = 0
  const silence = () => {
    turn += 1
    speech.cancel()
  }
  const stop = () => {
    silence()
    at = 0
    tell({ state: 'silent' })
  }
  const speak = () => {
    const text = paragraphs[at]
    if (text === undefined) return stop()
    turn += 1
    const mine = turn
    const words = utter(text)
    words.onend = () => {
      if (mine !== turn) return
      at += 1
      speak()
    }
    words.onerror = () => {
      if (mine === turn) stop()
    }
    tell({ state: 'reading', at })
    speech.speak(words)
  }
  return {
    start: () => {
      silence()
      speak()
    },
    pause: () => {
      silence()
      tell({ state: 'paused', at })
    },
    stop,
  }
}
