import type { Command } from '../contract/operation.ts'
import type { Keys } from '../crypto/keys.ts'
import { seal, openText as unseal } from '../crypto/seal.ts'
import { db } from '../db/builder.ts'
import { insertOf, type Tx } from '../db/context.ts'
import type { Actor } from '../policy/decide.ts'
import { Problem } from '../problem/problem.ts'

const place = (id: string) =>
  ({ table: 'platform.command', row: id, column: 'reply', compartment: 'STA', version: 1 }) as const

/** What makes two requests the same command: who asked, in which role, for what. */
export interface Asked {
  readonly actor: Actor
  readonly id: string
  readonly operation: Command
  readonly input: { readonly params: unknown; readonly body: unknown; readonly version: number }
}
const fingerprint = (keys: Keys, { actor, operation, input }: Asked): Buffer =>
  keys
    .blind('command')
    .term(JSON.stringify([actor.assignment, operation.id, input.params ?? null, input.body ?? null, input.version]))

/** Keeps what a command answered, sealed, in the command's own transaction. A second one of the same id fails here. */
export const storeReply = (tx: Tx, keys: Keys, asked: Asked, reply: unknown) =>
  tx.insert(
    insertOf('platform.command', {
      actor: asked.actor.user,
      id: asked.id,
      operation: asked.operation.id,
      status: 200,
      asked: fingerprint(keys, asked),
      reply: reply === undefined ? null : seal(keys.platformKey('command'), JSON.stringify(reply), place(asked.id)),
    }),
  )

/**
 * What the command answered before, if it was done.
 * @throws Problem bad-key when the id was used for anything else: another operation, another content, another role
 */
export async function storedReply(tx: Tx, keys: Keys, asked: Asked): Promise<{ reply: unknown } | undefined> {
  const { actor, id, operation } = asked
  const row = await tx.maybe(
    db
      .selectFrom('platform.command')
      .select(['operation', 'asked', 'reply'])
      .where('actor', '=', actor.user)
      .where('id', '=', id),
  )
  if (!row) return undefined
  const same = row.asked.length === 0 || row.asked.equals(fingerprint(keys, asked))
  if (row.operation !== operation.id || !same)
    throw new Problem('bad-key', [{ field: 'Idempotency-Key', code: 'used' }])
  return { reply: row.reply ? JSON.parse(unseal(keys.platformKey('command'), row.reply, place(id))) : undefined }
}
