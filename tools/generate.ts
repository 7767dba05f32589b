import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeCluster, startCluster } from '#platform/db/cluster.ts'
import { dumpSchema } from '#platform/db/dump-schema.ts'
import { migrate } from '#platform/db/migrate.ts'
import { tablesSource } from '#platform/db/tables-source.ts'

// Writes what is derived from the migrations: the table types for Kysely and the schema dump that a test compares.
const folder = await mkdtemp(join(tmpdir(), 'samaan-generate-'))
const cluster = await startCluster({ folder })
try {
  await migrate(cluster.urls.owner)
  await writeFile(new URL('../src/platform/db/tables.ts', import.meta.url), await tablesSource(cluster.urls.owner))
  await writeFile(new URL('../db/schema.sql', import.meta.url), await dumpSchema(cluster.urls.owner))
  console.log('tables.ts and db/schema.sql written')
} finally {
  await cluster.stop()
  await removeCluster(folder)
}
