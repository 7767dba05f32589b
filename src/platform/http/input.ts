import type { Context } from 'hono'
import { checkEdge } from '../contract/edge.ts'
import type { Operation, Schema } from '../contract/operation.ts'
import { namesOf, parse } from '../contract/parse.ts'
import { Problem } from '../problem/problem.ts'
import { readBody } from './body.ts'
import { readQuery } from './pairs.ts'
import type { Given } from './request.ts'

// What a request brings, before any transaction opens.

/** @throws Problem naming every part that is wrong */
export async function readInput(c: Context, operation: Operation): Promise<Given> {
  const params = operation.params ? checked(operation.params, c.req.param(), 'path') : undefined
  const query = operation.query ? checked(operation.query, queryOf(c, operation.query), 'query') : undefined
  if (operation.kind === 'query') return { params, query, body: undefined, version: 0 }
  const raw = operation.body ? await readBody(c, operation.body, operation.largest) : undefined
  const body = operation.body ? parse(operation.body, raw, 'body') : undefined
  return { params, query, body, version: operation.ifMatch ? versionOf(c) : 0 }
}
const queryOf = (c: Context, schema: Schema): Record<string, string> =>
  readQuery(new URL(c.req.url).search.slice(1), namesOf(schema))
function checked(schema: NonNullable<Operation['params']>, value: unknown, part: string): unknown {
  checkEdge(value)
  return parse(schema, value, part)
}

/** @throws Problem version-missing, or invalid-input naming If-Match */
function versionOf(c: Context): number {
  const header = c.req.header('if-match')
  if (!header) throw new Problem('version-missing', [{ field: 'If-Match', code: 'required' }])
  const found = /^(?:W\/)?"(\d{1,10})"$/.exec(header)
  if (!found || Number(found[1]) > 2_147_483_647)
    throw new Problem('invalid-input', [{ field: 'If-Match', code: 'wrong' }])
  return Number(found[1])
}

/** The command's own id. @throws Problem bad-key naming the header */
export function commandKey(c: Context): string {
  const key = c.req.header('idempotency-key')
  if (!key || !/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key))
    throw new Problem('bad-key', [{ field: 'Idempotency-Key', code: key ? 'id' : 'required' }])
  return key
}

/** The peer's address; behind a proxy that we were told to trust, the one that it saw: the last it added. */
export function remoteOf(c: Context, trustProxy: boolean): string {
  const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded') ?? c.req.header('via')
  if (trustProxy && forwarded) return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown'
  const peer = (c.env as { incoming?: { socket?: { remoteAddress?: string } } })?.incoming?.socket?.remoteAddress
  // Through something on this machine, for somebody who may be anywhere.
  const onBehalf =
    forwarded !== undefined || !/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(c.req.header('host') ?? '')
  return (onBehalf && !trustProxy ? undefined : peer) ?? 'unknown'
}
