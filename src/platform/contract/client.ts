import { Problem, type ProblemBody, type ProblemCode } from '../problem/problem.ts'
import type { In, Operation, Out } from './operation.ts'

/** What a call sends: only the parts that the operation has. */
export type Call<O extends Operation> = (O extends { params: infer P } ? { params: In<P> } : { params?: never }) &
  (O extends { query: infer Q } ? { query?: In<Q> } : { query?: never }) &
  (O extends { body: infer B } ? (B extends null ? { body?: never } : { body: In<B> }) : { body?: never }) & {
    /** The command's own id; the same key twice is one command. */
    key?: string
    /** The version the change was made on. */
    version?: number
    signal?: AbortSignal
  }
export type Answer<O extends Operation> = O['reply'] extends null ? undefined : Out<O['reply']>

/** A problem as the server told it, words included. */
export class Refusal extends Problem {
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(body.code as ProblemCode, body.errors ?? [])
    this.body = body
  }
}

/** The address of an operation with its path and query filled in. */
export function address(operation: Operation, call: { params?: unknown; query?: unknown }): string {
  const params = (call.params ?? {}) as Record<string, string>
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((call.query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== '') query.set(name, String(value))
  const search = query.toString()
  return `/api${path}${search ? `?${search}` : ''}`
}

/**
 * Makes the typed caller of a browser (or a test).
 * @param send fetch, or something with its shape
 * @param language ISO 639-1 of the words wanted in problems
 */
export function client(send: typeof fetch, language: () => string) {
  return async function call<O extends Operation>(operation: O, parts: Call<O>): Promise<Answer<O>> {
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() }
    if (parts.body !== undefined) headers['content-type'] = 'application/json'
    if (parts.key) headers['idempotency-key'] = parts.key
    if (parts.version !== undefined) headers['if-match'] = `"${parts.version}"`
    const response = await send(address(operation, parts), {
      method: operation.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
      ...(parts.signal ? { signal: parts.signal } : {}),
    })
    if (response.status === 204) return undefined as Answer<O>
    if (!response.ok) {
      const body = await response.json().catch(() => undefined)
      throw new Refusal(body ?? { type: 'about:blank', title: '', status: response.status, code: 'broken' })
    }
    // An answer that breaks off is no answer: the caller sends the same command again.
    return (await response.json()) as Answer<O>
  }
}
