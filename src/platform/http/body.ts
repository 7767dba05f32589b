import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { checkEdge } from '../contract/edge.ts'
import { fromForm } from '../contract/form.ts'
import type { Schema } from '../contract/operation.ts'
import { Problem } from '../problem/problem.ts'
import { countKeys, doubledKeys } from './doubled-keys.ts'
import { readPairs } from './pairs.ts'

/** Bytes of a body, where its operation does not say otherwise. */
export const usualBytes = 1_000_000
const tooLarge = (limit: number) => new Problem('too-large', [{ field: 'body', code: 'too-large', limit }])

/**
 * Reads a whole request body, JSON or form post, before any transaction opens: a client that vanishes in mid-body
 * leaves nothing behind.
 * @param largest bytes that are read of JSON; a form is never longer than usual
 * @throws Problem too-large, unsupported-type, malformed-body, invalid-input
 */
export async function readBody(c: Context, schema: Schema, largest = usualBytes): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (c.req.header('content-encoding'))
    throw new Problem('unsupported-type', [{ field: 'Content-Encoding', code: 'wrong' }])
  const most = type === 'application/json' ? largest : usualBytes
  if (Number(c.req.header('content-length') ?? 0) > most) throw tooLarge(most)
  if (type === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(readPairs(await readText(c, most), 'body'))
    for (const [name, value] of form) checkEdge({ [name]: value.replaceAll('\r\n', '\n') })
    const body = fromForm(schema, form)
    refuseDoubled(form, body)
    return body
  }
  if (type !== 'application/json') throw new Problem('unsupported-type', [{ field: 'Content-Type', code: 'wrong' }])
  const text = await readText(c, most)
  const body = parseJson(text)
  // Of two answers to one question nobody knows which was meant.
  if (checkEdge(body) !== countKeys(text)) throw new Problem('invalid-input', doubledKeys(text))
  return body
}

/** A name may stand several times in a form where the schema has a list, and nowhere else. */
function refuseDoubled(form: URLSearchParams, body: unknown): void {
  const seen = new Set<string>()
  const errors = [...form.keys()]
    .filter(name => seen.size === seen.add(name).size && !Array.isArray(at(body, name)))
    .map(name => ({ field: name.length <= 200 ? name : 'body', code: 'twice' }))
  if (errors.length > 0) throw new Problem('invalid-input', errors.slice(0, 20))
}
const at = (body: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body)

/** Node's own stream where there is one: the web stream around it costs more than the whole parse. */
function chunksOf(c: Context): AsyncIterable<Uint8Array> | null {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  // Left open when we stop early, so that the refusal can still be answered on it.
  return incoming ? incoming.iterator({ destroyOnReturn: false }) : (c.req.raw.body as AsyncIterable<Uint8Array> | null)
}

/** A whole body as text. @throws Problem too-large, malformed-body */
export async function readText(c: Context, most: number): Promise<string> {
  const stream = chunksOf(c)
  if (!stream) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Problem('malformed-body', [{ field: 'body', code: 'ill-formed' }])
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('malformed-body', [{ field: 'body', code: 'json' }])
  }
}
