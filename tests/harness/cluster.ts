import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loadPacks } from '#platform/country/load.ts'
import { type Cluster, startCluster } from '#platform/db/cluster.ts'
import { cloneDatabase, createTemplate, dropDatabase, MIGRATIONS } from '#platform/db/migrate.ts'
import { seed } from '../../tools/demonstration/seed.ts'

/** One server for all test files: whoever comes first starts it, the others adopt it, the runner stops it. */
export const clusterFolder =
  process.env.SAMAAN_TEST_CLUSTER ?? join(tmpdir(), `samaan-test-${userInfo().uid}`, 'postgres')

/** The country packs as they ship. */
export const countriesFolder = fileURLToPath(new URL('../../countries', import.meta.url))

/** What these databases hold is thrown away: nothing waits for a disk. The program's own settings have specs of their own. */
const settings = { max_connections: '120', fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

let starting: Promise<Cluster> | undefined
export const testCluster = (): Promise<Cluster> => {
  starting ??= startCluster({ folder: clusterFolder, settings })
  return starting
}

/** The name of the template for the migrations and the seed as they are now. */
async function templateName(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of (await readdir(MIGRATIONS)).sort()) hash.update(await readFile(join(MIGRATIONS, file)))
  for (const file of ['seed.ts', 'people.ts'])
    hash.update(await readFile(new URL(`../../tools/demonstration/${file}`, import.meta.url)))
  return `template_${hash.digest('hex').slice(0, 12)}`
}

export interface TestDatabase {
  readonly name: string
  readonly url: (role: 'owner' | 'app' | 'jobs' | 'dump' | 'super') => string
  readonly drop: () => Promise<void>
}

/** A database of its own with every migration and the demonstration country's people in it. */
export async function testDatabase(): Promise<TestDatabase> {
  const cluster = await testCluster()
  const template = await ensureTemplate(cluster)
  const name = `t_${process.pid}_${createHash('sha256').update(`${process.hrtime.bigint()}`).digest('hex').slice(0, 8)}`
  await cloneDatabase(cluster.urls.super, template, name)
  return {
    name,
    url: role => cluster.url(role, name),
    drop: () => dropDatabase(cluster.urls.super, name),
  }
}

async function ensureTemplate(cluster: Cluster): Promise<string> {
  const name = await templateName()
  const client = new pg.Client({ connectionString: cluster.url('super', 'postgres') })
  await client.connect()
  try {
    // Test files run side by side: one makes the template, the others wait for it.
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await client.query(
      "select 1 from pg_database where datname = $1 and shobj_description(oid, 'pg_database') = 'ready'",
      [name],
    )
    if (found.rowCount === 0) {
      await dropDatabase(cluster.urls.super, name)
      const url = await createTemplate(cluster.urls.owner, name)
      await seed(url, (await loadPacks(countriesFolder)).get('XSA')!)
      await client.query(`comment on database ${name} is 'ready'`)
    }
  } finally {
    await client.end()
  }
  return name
}
