import type { Tx } from '../db/context.ts'

/** What a lower slice tells the slices above it: ids only. */
export interface News {
  'consent.withdrawn': { readonly consent: string }
  /** Events of the audit, within seconds of their being written: which, and of which case. As the jobs' role. */
  'audit.numbered': { readonly events: readonly { readonly id: string; readonly case: string | null }[] }
}
type Listener<K extends keyof News> = (tx: Tx, about: News[K]) => Promise<unknown>

const listeners = new Map<keyof News, Listener<never>[]>()

/** A slice above says what it does about news; called once, when the slice is loaded. */
export function listen<K extends keyof News>(news: K, listener: Listener<K>): void {
  listeners.set(news, [...(listeners.get(news) ?? []), listener as Listener<never>])
}

/** Tells the slices above, inside the transaction of the change: it happens for all of them or not at all. */
export async function announce<K extends keyof News>(tx: Tx, news: K, about: News[K]): Promise<void> {
  for (const listener of listeners.get(news) ?? []) await (listener as Listener<K>)(tx, about)
}
