const minute = 60_000
export const day = 24 * 60 * minute
/** Without contact for so long, the cache key is destroyed. */
export const longestSilence = 14 * day
/** A phone's clock is put right by so much without anybody meaning harm. */
export const clockTolerance = 5 * minute

/** The last contact and how much of the silence is used up. Only ever written together. */
export interface Contact {
  /** The server's time at the last contact, ms since 1970. */
  readonly server: number
  /** Milliseconds since then, as far as this phone could tell. Never falls. */
  readonly elapsed: number
  /** The phone's clock when it was last looked at. */
  readonly seen: number
}

export type Verdict = 'good' | 'clock' | 'expired'

/**
 * Looks at the clock. Every movement of it counts against the phone, backwards as well as forwards, so that no
 * setting of the clock that is seen lengthens the silence. Far back means that nothing is known: `clock`, until the
 * clock is right again or the server has been met.
 * @param awake ms that this process has certainly lived since the last look
 */
export function observe(contact: Contact, now: number, awake: number): { contact: Contact; verdict: Verdict } {
  const step = now - contact.seen
  const back = step < -clockTolerance
  const elapsed = contact.elapsed + Math.max(back ? 0 : Math.abs(step), awake, 0)
  const next = { ...contact, elapsed, seen: back ? contact.seen : now }
  return { contact: next, verdict: elapsed >= longestSilence ? 'expired' : back ? 'clock' : 'good' }
}

/** The server was met. An answer older than the last one (repeated by somebody) changes nothing. */
export const met = (contact: Contact | undefined, server: number, now: number): Contact =>
  contact && server < contact.server ? contact : { server, elapsed: 0, seen: now }
