let last: Promise<unknown> = Promise.resolve()

/** Work that holds a whole file in memory: one after another, in the order asked for, whatever becomes of each. */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work)
  last = next.catch(() => {})
  return next
}
