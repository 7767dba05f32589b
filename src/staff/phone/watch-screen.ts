import type { Phone } from '../offline/phone.ts'

/** Out of sight for so long, the phone locks itself: sooner than one that only lies there. */
const hiddenFor = 60_000
/** Each look is a write on the phone's disk: it counts the silence. */
const look = 20_000

/** Locks when nobody uses it, when it was out of sight, and when another tab locked. */
export function watchScreen(phone: Phone, lookAgain: () => Promise<void>): void {
  let touched = 0
  const touch = () => {
    const now = performance.now()
    if (now - touched < 1000) return
    touched = now
    phone.vault.touch()
  }
  for (const kind of ['pointerdown', 'keydown', 'scroll'] as const)
    addEventListener(kind, touch, { capture: true, passive: true })

  const check = () => void phone.vault.tick().then(lookAgain, lookAgain)
  setInterval(check, look)
  let leaving: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = 0
  const lock = () => {
    // Another tab may be the one in use.
    phone.vault.lock('here')
    void lookAgain()
  }
  document.addEventListener('visibilitychange', () => {
    clearTimeout(leaving)
    if (document.visibilityState === 'hidden') {
      hiddenAt = Date.now()
      leaving = setTimeout(lock, hiddenFor)
    } else if (hiddenAt > 0 && Date.now() - hiddenAt >= hiddenFor) lock()
    else check()
  })
  new BroadcastChannel('samaan').addEventListener('message', () => void lookAgain())
}
