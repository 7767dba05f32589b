import type { Command } from '../contract/operation.ts'
import type { Keys } from '../crypto/keys.ts'
import { seal, openText as unseal } from '../crypto/seal.ts'
import { db } from '../db/builder.ts'
import { insertOf, type Tx } from '../db/context.ts'
import { Problem } from '../problem/problem.ts'

const place = (id: string) =>
  ({ table: 'platform.command', row: id, column: 'reply', compartment: 'STA', version: 1 }) as const

/** Keeps what a command answered, sealed, in the command's own transaction. A second one of the same id fails here. */
export const storeReply = (tx: Tx, keys: Keys, actor: string, id: string, operation: Command, reply: unknown) =>
  tx.insert(
    insertOf('platform.command', {
      actor,
      id,
      operation: operation.id,
      status: 200,
      reply: reply === undefined ? null : seal(keys.platformKey('command'), JSON.stringify(reply), place(id)),
    }),
  )

/**
 * What the command answered before, if it was done.
 * @throws Problem bad-key when the id was used for another operation
 */
export async function storedReply(
  tx: Tx,
  keys: Keys,
  actor: string,
  id: string,
  operation: Command,
): Promise<{ reply: unknown } | undefined> {
  const row = await tx.maybe(
    db.selectFrom('platform.command').select(['operation', 'reply']).where('actor', '=', actor).where('id', '=', id),
  )
  if (!row) return undefined
  if (row.operation !== operation.id) throw new Problem('bad-key', [{ field: 'Idempotency-Key', code: 'used' }])
  return { reply: row.reply ? JSON.parse(unseal(keys.platformKey('command'), row.reply, place(id))) : undefined }
}
