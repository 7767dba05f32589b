import { phoneHere, whenLocked } from './here.ts'

// Unfinished work of a page: in this page's memory, and sealed on the phone where one is prepared.

const kept = new Map<string, unknown>()
whenLocked(() => kept.clear())

export const findDraftOf = <Draft>(name: string): Draft | undefined => kept.get(name) as Draft | undefined
/**
 * @param value `undefined` forgets it
 * @param about the case it belongs to
 */
export function keepDraftOf(name: string, value: unknown, about?: string): void {
  if (value === undefined) kept.delete(name)
  else kept.set(name, value)
  phoneHere().pocket?.draft(name, value, about)
}
/** What an unlocked phone had kept comes back. */
export function bringDrafts(drafts: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of drafts) if (!kept.has(name)) kept.set(name, value)
}
