import type { RawBuilder } from 'kysely'
import { db } from '#platform/db/builder.ts'

/** A raw statement as it leaves for the database. */
export const compiled = (query: RawBuilder<unknown>): { sql: string; parameters: readonly unknown[] } =>
  query.compile(db)
