import type { Ports } from '../offline/ports.ts'

/** The browser's own parts, in a page and in a service worker alike. */
export const ports = (): Ports => ({
  factory: indexedDB,
  crypto,
  now: () => Date.now(),
  monotonic: () => performance.now(),
  // Only spreads retries: nothing depends on its being hard to guess.
  random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
  locks: navigator.locks,
  channel: new BroadcastChannel('samaan'),
})
