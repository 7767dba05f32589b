import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeEvent } from '#platform/audit/make.ts'
import { eventsInsert } from '#platform/audit/record.ts'
import { sequence } from '#platform/audit/sequencer.ts'
import { auditVerdict } from '#platform/audit/verify.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster, startCluster } from '#platform/db/cluster.ts'
import { migrate } from '#platform/db/migrate.ts'

// How long a million audit events take to verify, beside reading every one of them and hashing it once.

const wanted = Number(process.argv[2] ?? 1_000_000)
const origin = 'audit.bench.samaan'
const base = await mkdtemp(join(tmpdir(), 'samaan-audit-bench-'))
const cluster = await startCluster({ folder: join(base, 'postgres'), settings: { fsync: 'off', max_wal_size: '4GB' } })
const connect = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}
const seconds = (from: number) => (performance.now() - from) / 1000

try {
  const keys = await Keys.open(join(base, 'keys'), { create: true })
  await migrate(cluster.urls.owner)
  const jobs = await connect(cluster.urls.jobs)
  const people = Array.from({ length: 2_000 }, () => uuidv7())
  const cases = Array.from({ length: 200_000 }, () => uuidv7())
  const filling = performance.now()
  for (let made = 0; made < wanted; made += 5_000) {
    const events = Array.from({ length: Math.min(5_000, wanted - made) }, (_, at) =>
      makeEvent({ actor: people[(made + at) % people.length]!, case: cases[(made * 7 + at) % cases.length]! }),
    )
    const { text, values } = eventsInsert(events)
    await jobs.query(text, values)
    if (made % 10_000 === 5_000) await sequence(jobs, keys, { origin, folder: base })
  }
  while ((await sequence(jobs, keys, { origin, folder: base })) > 0);
  console.log(`${wanted.toLocaleString('en')} events written and numbered in ${seconds(filling).toFixed(0)} s`)

  const floor = async () => {
    const start = performance.now()
    await jobs.query('begin')
    await jobs.query('declare every cursor for select body from audit.event order by leaf_no')
    for (;;) {
      const { rows } = await jobs.query<{ body: string }>('fetch 5000 from every')
      if (rows.length === 0) break
      for (const { body } of rows) sha256(body)
    }
    await jobs.query('rollback')
    return seconds(start)
  }
  const verify = async () => {
    const start = performance.now()
    const { ok, size } = await auditVerdict(jobs, {
      checkpointFolder: base,
      publicKey: keys.auditKey().publicKey,
      origin,
    })
    if (!ok || size !== wanted) throw new Error(`verified ${size}, ${ok}`)
    return seconds(start)
  }
  for (let round = 1; round <= 3; round++) {
    const [least, ours] = [await floor(), await verify()]
    console.log(
      `round ${round}: verified in ${ours.toFixed(1)} s; read and hashed in ${least.toFixed(1)} s; ratio ${(ours / least).toFixed(2)}`,
    )
  }
  console.log(`memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  await jobs.end()
} finally {
  await cluster.stop()
  await removeCluster(join(base, 'postgres'))
  await rm(base, { recursive: true, force: true })
}
