import { useSyncExternalStore } from 'react'
import type { Answer, Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { Item } from '../offline/outbox.ts'

// The one thing that every page knows of a phone that works without signal. All else is fetched only where one is
// prepared: who works at a desk never loads it.

/**
 * `absent`: this browser is not prepared. `aside`: it is, and somebody else uses it for now. `ended`: the key of its
 * copy is gone; what was finished is still sent.
 */
export type PhoneState = 'absent' | 'opening' | 'locked' | 'unlocked' | 'ended' | 'aside'

/** Something finished that the server has not taken yet. */
export interface Waiting {
  readonly item: Item
  /** Known while unlocked: the operation, the record it makes and the case it is about. */
  readonly operation?: string
  readonly record?: string
  readonly group?: string | null
}

/** Asks the server, as a browser without a prepared phone does. */
export type Online = <O extends Operation>(operation: O, parts: Call<O>) => Promise<Answer<O>>

/** What an unlocked phone does for the pages: answers from its copy, keeps commands until there is signal. */
export interface Pocket {
  read<O extends Operation>(operation: O, parts: Call<O>, online: Online): Promise<Answer<O>>
  command<O extends Operation>(operation: O, parts: Call<O> & { key: string }, online: Online): Promise<Answer<O>>
  /** Keeps a page's unfinished work, with the case it is about; `undefined` forgets it. */
  draft(name: string, value: unknown, about?: string): void
}

export interface PhoneHere {
  readonly state: PhoneState
  readonly pocket?: Pocket | undefined
  /** Who prepared this phone and in which role, while it is unlocked. */
  readonly owner?: { readonly account: string; readonly assignment: string | undefined } | undefined
  /** UUID of what this phone is to the server. */
  readonly device?: string | undefined
  /** Whether the server answered last time. */
  readonly reach: 'unknown' | 'yes' | 'no'
  /** The lock was broken open: whoever is here signs in anew before anything is shown. */
  readonly barred?: boolean
  /** The session is over: what is finished is still sent, nothing new comes. */
  readonly signedOut: boolean
  /** They chose to sign in again. */
  readonly signingIn?: boolean
  readonly busy: boolean
  /** What is being typed could not be kept on this phone's disk: a lock would lose it. */
  readonly full?: boolean
  readonly waiting: readonly Waiting[]
  /** Why the key is gone. */
  readonly why?: 'tries' | 'silence' | 'revoked' | 'asked' | 'evicted' | undefined
  /** What opens it. */
  readonly kind?: 'passphrase' | 'prf' | undefined
  /** Ms since 1970 by this phone's clock, when the copy was last brought up to date. */
  readonly pulledAt?: number | undefined
}

let now: PhoneHere = { state: 'absent', reach: 'unknown', signedOut: false, busy: false, waiting: [] }
const hearers = new Set<() => void>()
const afterLock = new Set<() => void>()
const onNews = new Set<() => void>()

export const phoneHere = (): PhoneHere => now
export function tellPhone(change: Partial<PhoneHere>): void {
  const before = now.state
  now = { ...now, ...change }
  if (before === 'unlocked' && now.state !== 'unlocked') {
    now = { ...now, signingIn: false }
    for (const forget of afterLock) forget()
  }
  for (const hear of hearers) hear()
}
const subscribe = (hear: () => void) => {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}
export const usePhone = (): PhoneHere => useSyncExternalStore(subscribe, phoneHere)

/** Whether what made this record still waits for signal. */
export const useWaiting = (record: string): boolean => usePhone().waiting.some(one => one.record === record)

/** Is done when the phone locks: whatever was read leaves the memory of the page. */
export const whenLocked = (forget: () => void): void => void afterLock.add(forget)
/** Is done when the phone's copy changed or something arrived. */
export const whenNews = (hear: () => void): void => void onNews.add(hear)
export const tellNews = (): void => {
  for (const hear of onNews) hear()
}

const place = 'samaan.phone'
/**
 * `yes`: this browser was prepared to work without signal; `over`: it was, its key is gone, and whoever was signed in then
 * was signed out. Says nothing about whom or what.
 */
export type Mark = 'yes' | 'over'
export function markOfPhone(): Mark | undefined {
  try {
    return (localStorage.getItem(place) ?? undefined) as Mark | undefined
  } catch {
    return undefined
  }
}
export function markPhone(mark: Mark | undefined): void {
  try {
    if (mark) localStorage.setItem(place, mark)
    else localStorage.removeItem(place)
  } catch {
    // A browser that keeps nothing cannot be prepared; preparing it fails before this.
  }
}

/** Somebody else is signed in on this browser, or its owner in another role: the phone closes and stays out of it. */
export function leaveTo(me: { account: string; current: { assignment: string } | null } | undefined): void {
  const { owner } = now
  if (!me || !owner) return
  // Signed in a moment ago, with the role still to choose.
  if (me.account === owner.account && (!me.current || me.current.assignment === owner.assignment)) return
  import('./this-phone.ts').then(one => one.stepAside()).catch(fail)
}

/** A phone that cannot be opened is not open to whoever holds it. */
const fail = () =>
  markOfPhone() === 'over' ? tellPhone({ state: 'absent' }) : tellPhone({ state: 'ended', barred: true })
/** Whoever was signed in when the lock was broken open is so no longer. */
export function unbar(): void {
  markPhone('over')
  tellPhone({ barred: false })
}
/** Opens the phone, where this browser is one. */
export function beginPhone(): void {
  if (!markOfPhone()) return
  now = { ...now, state: 'opening' }
  import('./this-phone.ts').then(one => one.begin()).catch(fail)
}
