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

async function readText(c: Context): Promise<string> {
  const stream = c.req.raw.body
  if (!stream) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
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
