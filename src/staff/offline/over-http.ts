import { client, Refusal } from '#platform/contract/client.ts'
import { credentialHeader, sync } from '#platform/sync/contract.ts'
import { marksIn } from '#platform/sync/marks.ts'
import type { Bytes } from './bytes.ts'
import type { Delivery, Transport } from './outbox-send.ts'
import type { Source } from './sync.ts'

/** Ms: a line that is dead without saying so must not hold up the next try. */
const patience = 40_000
const isLate = (error: unknown): boolean => (error as { name?: string } | null)?.name === 'TimeoutError'

/** RFC 4648 §5 without padding. */
export function base64url(bytes: Bytes): string {
  let text = ''
  // In pieces: the arguments of one call are limited.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * Parcels by HTTP, with the device's credential and no cookie. Only an answer of the server's own settles a parcel: a
 * problem of any kind (signed out, slow down, a proxy's page) leaves it as it is.
 * @param send fetch, or something with its shape
 */
export function transportBy(send: typeof fetch): Transport {
  const callAs = (device: { id: string; credential: string }) =>
    client(
      (path, init) =>
        send(path, {
          ...init,
          signal: AbortSignal.timeout(patience),
          credentials: 'omit',
          headers: { ...(init?.headers as object), authorization: credentialHeader(device.id, device.credential) },
        }),
      () => 'en',
    )
  return {
    async welcome(device, asking) {
      const { state, now, cursor, marks } = await callAs(device)(sync.hello, { body: asking ?? {} })
      if (state === 'revoked') return 'revoked'
      const told = cursor === undefined || marks === undefined ? undefined : { cursor, marks: marksIn(marks) }
      return { time: Date.parse(now), ...(told ? { told } : {}) }
    },
    async deliver(device, id, bytes): Promise<Delivery> {
      const answer = await callAs(device)(sync.deliver, { body: { id, sealed: base64url(bytes) } })
      if (answer.id !== id) return 'unreachable'
      if (answer.state === 'done') return { state: 'done' }
      if (answer.state === 'refused')
        return { state: 'refused', code: answer.code ?? 'refused', fields: answer.fields ?? [] }
      // Looked at and set aside by a person: as settled as what still waits for one.
      return { state: 'quarantined' }
    },
  }
}

/**
 * What may be read, by HTTP, with the session.
 * @param device id of this phone
 */
export function sourceBy(send: typeof fetch, device: string): Source {
  const call = client(
    (path, init) => send(path, { ...init, signal: AbortSignal.timeout(patience) }),
    () => 'en',
  )
  /** No answer, or none to this person: nothing on the phone changes. Our own mistakes are not hidden. */
  const ask = async <T>(request: () => Promise<T>): Promise<T | 'unreachable'> => {
    try {
      return await request()
    } catch (error) {
      if (error instanceof Refusal || error instanceof TypeError || error instanceof SyntaxError || isLate(error))
        return 'unreachable'
      throw error
    }
  }
  return {
    pull: cursor =>
      ask(async () => {
        const answer = await call(sync.pull, { query: { device, ...(cursor ? { cursor } : {}) } })
        if (answer.state === 'revoked') return 'revoked' as const
        const { visible, now } = answer
        return { cursor: answer.cursor ?? '', time: Date.parse(now), ...(visible ? { visible } : {}) }
      }),
    rows: (kind, ids) =>
      ask(async () => {
        const answer = await call(sync.rows, { query: { device, kind, ids: ids.join(',') } })
        return answer.state === 'revoked' ? ('revoked' as const) : answer.items
      }),
  }
}
