// A demonstration can be started at another moment. It is one moment for the whole program, or ids and days would not agree.

let ahead = 0
/** By how many milliseconds this program is ahead of the machine. */
export const setAhead = (milliseconds: number): void => {
  ahead = milliseconds
}
export const nowMs = (): number => Date.now() + ahead
