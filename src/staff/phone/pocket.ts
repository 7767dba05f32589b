import { auth } from '#platform/auth/contract.ts'
import type { Answer } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { Json } from '#platform/sync/parcel-format.ts'
import { StorageError } from '../offline/database.ts'
import { OutboxError } from '../offline/outbox.ts'
import type { Phone } from '../offline/phone.ts'
import { allKept } from './all-kept.ts'
import type { Copy } from './copy.ts'
import { findDraftOf } from './drafts.ts'
import { type Online, type Pocket, phoneHere, tellPhone, type Waiting } from './here.ts'
import { sendLater } from './install.ts'
import { answering, type KeptAnswer } from './kept.ts'
import { refresh, soon } from './sender.ts'

/** Ms that a reading waits for the server before the phone's own copy is shown; where there is no copy, it waits on. */
const patience = 6_000
/** A command is worth a longer wait: told by the server itself, its errors stand beside the fields. */
const longPatience = 15_000
/** For so long after silence the copy is shown at once. */
const silence = 10_000

const own: KeptAnswer = answering(auth.me, async (kept, _, online) => online ?? kept.me)
const answers = new Map<string, KeptAnswer[]>()
for (const one of [own, ...allKept.flatMap(slice => slice.answers)])
  answers.set(one.operation, [...(answers.get(one.operation) ?? []), one])

/** The case that a command is about. */
const groupOf = (parts: { params?: unknown; body?: unknown }): string | null => {
  const named = (part: unknown) => (part as { case?: unknown } | null | undefined)?.case
  const found = named(parts.params) ?? named(parts.body)
  return typeof found === 'string' ? found : null
}
const statusOf = (error: unknown): number | undefined => (error as { status?: number } | null)?.status
const isSilence = (error: unknown): boolean => error instanceof TypeError
/** Nothing was decided: nobody answered, or a server in trouble did. */
const isNoAnswer = (error: unknown): boolean => isSilence(error) || (statusOf(error) ?? 0) >= 500
const isUnsettled = ({ item }: Waiting): boolean => item.state !== 'done' && item.state !== 'quarantined'

const needed = new Map(allKept.flatMap(slice => Object.entries(slice.needs ?? {})))

const makers = new Set(allKept.flatMap(slice => slice.makesCase ?? []))
/** What was refused holds up only what could not be done without it: it made the case, or is named by what comes. */
const blocks = ({ item, operation = '', record = '' }: Waiting, parts: { params?: unknown; body?: unknown }): boolean =>
  item.state !== 'refused' ||
  makers.has(operation) ||
  (record !== '' && JSON.stringify([parts.params, parts.body]).includes(record))

/** The page's draft that a command is made of. */
const draftNames = new Map(allKept.flatMap(slice => Object.entries(slice.draftOf ?? {})))
const draftOf = (operation: string): { readonly replaces?: string } | undefined => {
  const name = draftNames.get(operation)
  return name === undefined ? undefined : findDraftOf(name)
}

/** What an unlocked phone does for its pages. */
export function pocketOf(phone: Phone, copy: Copy): Pocket {
  let writing: Promise<unknown> = Promise.resolve()
  let silentUntil = 0
  const hears = () => navigator.onLine !== false && Date.now() >= silentUntil
  const heard = () => {
    silentUntil = 0
    if (phoneHere().reach !== 'yes') tellPhone({ reach: 'yes' })
  }
  const missed = () => {
    silentUntil = Date.now() + silence
    if (phoneHere().reach !== 'no') tellPhone({ reach: 'no' })
  }
  /** Asks the server, but not for ever: no answer in time is the same as no signal. */
  const ask = async <O extends Operation>(operation: O, parts: Parameters<Online>[1], online: Online, ms: number) => {
    const clock = AbortSignal.timeout(ms)
    const asked = parts.signal as AbortSignal | undefined
    try {
      const answer = await online(operation, {
        ...parts,
        signal: asked ? AbortSignal.any([asked, clock]) : clock,
      } as never)
      heard()
      return answer
    } catch (error) {
      const late = clock.aborted && !asked?.aborted
      if (late || isSilence(error)) missed()
      else if (!asked?.aborted) heard()
      throw late ? new TypeError('no answer in time') : error
    }
  }
  const known = async (operation: Operation, parts: unknown, online: unknown): Promise<unknown> => {
    let answer = online
    for (const one of answers.get(operation.id) ?? []) answer = await one.answer(copy, parts, answer)
    return answer
  }
  /** Whether the server cannot know it yet. */
  const isOnlyHere = (parts: { params?: unknown }): boolean => {
    const named = new Set(Object.values((parts.params ?? {}) as object))
    return phoneHere().waiting.some(
      one => isUnsettled(one) && (named.has(one.record) || (makers.has(one.operation ?? '') && named.has(one.group))),
    )
  }

  return {
    async read(operation, parts, online) {
      if (!answers.has(operation.id)) return online(operation, parts)
      type Reply = Answer<typeof operation>
      if (!hears() || isOnlyHere(parts)) {
        const kept = await known(operation, parts, undefined)
        if (kept !== undefined) return kept as Reply
      }
      try {
        const answer = await ask(operation, parts as never, online, patience)
        if (operation.id === auth.me.id && (phoneHere().signedOut || phoneHere().signingIn)) {
          tellPhone({ signedOut: false, signingIn: false })
          soon('pull')
        }
        return (await known(operation, parts, answer)) as Reply
      } catch (error) {
        const status = statusOf(error)
        if (status === 401) tellPhone({ signedOut: true })
        // What may no longer be read looks like what is missing, and is not shown from the copy.
        if (status !== 401 && !isNoAnswer(error)) throw error
        const kept = await known(operation, parts, undefined)
        if (kept === undefined) throw error
        return kept as Reply
      }
    },

    async command(operation, parts, online) {
      const group = groupOf(parts)
      const needs = needed.get(operation.id)
      const before = phoneHere()
        .waiting.filter(one => isUnsettled(one) && group !== null && one.group === group)
        .filter(one => needs?.(parts.params ?? {}, one) ?? blocks(one, parts))
        .map(one => one.item.id)
      const draft = draftOf(operation.id)
      const replaced = phoneHere().waiting.find(one => one.item.open && one.item.id === draft?.replaces)?.item.id
      if (before.length === 0 && !replaced && hears())
        try {
          const answer = await ask(operation, parts as never, online, longPatience)
          soon('pull')
          return answer
        } catch (error) {
          if (statusOf(error) === 401) tellPhone({ signedOut: true })
          else if (!isNoAnswer(error)) throw error
        }
      const { current } = copy.me
      if (!current) throw new TypeError('no role is active')
      const { params, body, version, key } = parts as {
        params?: Record<string, string>
        body?: Json
        version?: number
        key: string
      }
      const finished = {
        operation: operation.id,
        params: params ?? {},
        body: body ?? null,
        key,
        ...(version === undefined ? {} : { version }),
        assignment: current.assignment,
        purpose: current.purpose,
        group,
        after: before,
        // So that it can be put right on its own pages, should the server refuse it.
        ...(draft ? { draft } : {}),
      }
      if (replaced) await phone.outbox.edit(replaced, finished)
      else
        await phone.outbox.add(finished).catch(error => {
          // Pressed again after it was kept: it is kept.
          if (!(error instanceof OutboxError && error.code === 'exists')) throw error
        })
      await refresh(phone)
      soon()
      void sendLater()
      return { id: (body as { id?: string } | null)?.id ?? key, version: 1 } as Answer<typeof operation>
    },

    draft(name, value, about) {
      // The page goes on meanwhile; the last of several writings is the last one begun.
      writing = writing
        .then(() =>
          value === undefined
            ? phone.rows.delete('draft', name)
            : phone.rows.put({ kind: 'draft', id: name, value, ...(about ? { group: about } : {}) }),
        )
        .then(
          () => phoneHere().full && tellPhone({ full: false }),
          error => error instanceof StorageError && tellPhone({ full: true }),
        )
        .then(() => undefined)
    },
  }
}
