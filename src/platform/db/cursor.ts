import { sql } from './builder.ts'
import type { Read } from './context.ts'

/** Reads a query's rows through a cursor, `size` at a time. */
export async function* rowsOf<Row>(
  read: Read,
  query: Parameters<typeof read.all<Row>>[0],
  size = 250,
): AsyncGenerator<Row[]> {
  await read.all(sql`declare rows no scroll cursor for ${query as never}`)
  for (;;) {
    const rows = await read.all(sql<Row>`fetch ${sql.lit(size)} from rows`)
    if (rows.length > 0) yield rows
    if (rows.length < size) return
  }
}
