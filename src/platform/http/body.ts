import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import { checkEdge } from '../contract/edge.ts'
import { fromForm } from '../contract/form.ts'
import type { Schema } from '../contract/operation.ts'
import { Problem } from '../problem/problem.ts'
import { readPairs } from './pairs.ts'

const maxBytes = 1_000_000
const tooLarge = () => new Problem('too-large', [{ field: 'body', code: 'too-large', limit: maxBytes }])

/**
 * Reads a whole request body, JSON or form post, before any transaction opens: a client that vanishes in mid-body
 * leaves nothing behind.
 * @throws Problem too-large, unsupported-type, malformed-body, invalid-input
 */
export async function readBody(c: Context, schema: Schema): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (c.req.header('content-encoding'))
    throw new Problem('unsupported-type', [{ field: 'Content-Encoding', code: 'wrong' }])
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (type === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(readPairs(await readText(c), 'body'))
    for (const [name, value] of form) checkEdge({ [name]: value.replaceAll('\r\n', '\n') })
    return fromForm(schema, form)
  }
  if (type !== 'application/json') throw new Problem('unsupported-type', [{ field: 'Content-Type', code: 'wrong' }])
  const body = parseJson(await readText(c))
  checkEdge(body)
  return body
}

/** Node's own stream where there is one: the web stream around it costs more than the whole parse. */
function chunksOf(c: Context): AsyncIterable<Uint8Array> | null {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage }
  // Left open when we stop early, so that the refusal can still be answered on it.
  return incoming ? incoming.iterator({ destroyOnReturn: false }) : (c.req.raw.body as AsyncIterable<Uint8Array> | null)
}

async function readText(c: Context): Promise<string> {
  const stream = chunksOf(c)
  if (!stream) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge()
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
