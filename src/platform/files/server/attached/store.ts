import { sql } from '../../../db/builder.ts'
import type { Read, Tx } from '../../../db/context.ts'

/** What every slice's table of attached files has, column by column (as `cases.attachment` has it). */
export interface AttachedRow {
  id: string
  recipient: string
  sealed_about: Buffer
  sealed_identity: Buffer
  state: string
  code: string | null
  kind: string | null
  size: number | null
  scanned: boolean | null
  original_file: string | null
  clean_file: string | null
  clean_size: number | null
  sealed_thumbnail: Buffer | null
  proof: Buffer | null
}
/** What is known of a file once it is filed away. */
export type Filed = Pick<AttachedRow, 'kind' | 'size' | 'scanned' | 'original_file' | 'proof'> &
  Partial<Pick<AttachedRow, 'clean_file' | 'clean_size' | 'sealed_thumbnail'>>

/** Under the filing fence: what this file of its maker belongs to. */
export const findOfFile = (
  read: Read,
  table: string,
  account: string,
  sha256: Buffer,
): Promise<AttachedRow | undefined> =>
  read.maybe(
    sql<AttachedRow>`select * from ${sql.table(table)} where by_account = ${account}::uuid and sha256 = ${sha256}`,
  )

/** Under the filing fence: what became of its file. 0 when another process was quicker. */
export const settleAttached = (
  tx: Tx,
  table: string,
  id: string,
  state: 'ready' | 'refused' | 'quarantined',
  code: string | null,
  filed: Partial<Filed> = {},
): Promise<number> =>
  tx.run(
    sql`update ${sql.table(table)} set state = ${state}, code = ${code}, kind = ${filed.kind ?? null},
        size = ${filed.size ?? null}::int, scanned = ${filed.scanned ?? null}::boolean,
        original_file = ${filed.original_file ?? null}::uuid, clean_file = ${filed.clean_file ?? null}::uuid,
        clean_size = ${filed.clean_size ?? null}::int, sealed_thumbnail = ${filed.sealed_thumbnail ?? null}::bytea,
        proof = ${filed.proof ?? null}::bytea
      where id = ${id}::uuid and state in ('waiting-for-file', 'quarantined')`,
  )

/** As the jobs' role: which of these copies belong to a file of this table. */
export const keptCopies = async (read: Read, table: string, ids: readonly string[]): Promise<string[]> =>
  (
    await read.all(
      sql<{ id: string }>`select unnest(array[original_file, clean_file]) as id from ${sql.table(table)}
        where original_file = any (${ids}::uuid[]) or clean_file = any (${ids}::uuid[])`,
    )
  ).map(one => one.id)
