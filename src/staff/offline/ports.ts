/** Everything outside that the phone's core touches, so that the same code runs in a page, a worker and a test. */
export interface Ports {
  readonly factory: IDBFactory
  readonly crypto: Crypto
  /** Milliseconds since 1970 by the phone's clock, which anybody may set. */
  readonly now: () => number
  /** Milliseconds that only grow while this process lives: `performance.now`. */
  readonly monotonic: () => number
  /** Between 0 and 1, for the jitter of retries only. */
  readonly random: () => number
  readonly locks: Locks
  /** Tells the other tabs; `BroadcastChannel` has this shape. */
  readonly channel?: Channel
}

/** The part of `navigator.locks` that is used. */
export interface Locks {
  request<T>(name: string, options: { ifAvailable: true }, work: (lock: unknown) => Promise<T>): Promise<T>
}

export interface Channel {
  postMessage(message: unknown): void
  addEventListener(kind: 'message', heard: (event: { data: unknown }) => void): void
}
