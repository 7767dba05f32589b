import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { overdueClocks } from '#capabilities/cases/server/index.ts'
import { readingOf } from '#capabilities/directory/server/index.ts'
import { findPart } from '#capabilities/directory/site/find.ts'
import { serveHsds } from '#capabilities/directory/site/hsds.ts'
import { jobs as matchingJobs } from '#capabilities/matching/server/index.ts'
import { retentionJob, sealedAloneJob } from '#capabilities/oversight/server/index.ts'
import { linkMailJob, nextTurnJob, jobs as referralJobs } from '#capabilities/referrals/server/index.ts'
import { linkPart } from '#capabilities/referrals/site/part.ts'
import { noticeJob, jobs as taskJobs } from '#capabilities/tasks/server/index.ts'
import { visitPart } from '#capabilities/visits/site/part.ts'
import { nowMs, setAhead } from '#platform/clocks/ahead.ts'
import { type Config, ConfigError } from '#platform/config/config.ts'
import { root } from '#platform/config/root.ts'
import { gapsOf } from '#platform/country/flaws.ts'
import { loadPacks } from '#platform/country/load.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { type Cluster, startCluster } from '#platform/db/cluster.ts'
import { pool } from '#platform/db/context.ts'
import { migrate } from '#platform/db/migrate.ts'
import { filesJob } from '#platform/files/server/sweep.ts'
import { staffApp } from '#platform/http/app.ts'
import type { Services } from '#platform/http/services.ts'
import { startJobs } from '#platform/jobs/jobs.ts'
import { sweep } from '#platform/jobs/sweep.ts'
import { mailJob } from '#platform/notify/server/index.ts'
import { loadWords } from '#platform/words/load.ts'
import type { LanguageCode } from '#platform/words/words.ts'
import { allBindings } from './bindings.ts'
import { siteApp } from './site/app.ts'

export interface StartOptions {
  readonly config: Config
  readonly parts: ReadonlySet<string>
  /** A demonstration country that is new gets some invented cases. */
  readonly samples?: boolean
  readonly say: (line: string) => void
}
export interface Running {
  stop(): Promise<void>
}

/** Brings the parts up in order: database, migrations, keys, servers, jobs. What was started is stopped in reverse. */
export async function start({ config, parts, samples = false, say }: StartOptions): Promise<Running> {
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const one of stops.reverse()) await one().catch(error => config.log({ event: 'stop', error }))
  }
  try {
    setAhead(config.aheadMs)
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
    const packs = await loadPacks(config.countriesFolder)
    const pack = packs.get(config.country)
    if (!pack) throw new ConfigError([`SAMAAN_COUNTRY: there is no pack for ${config.country} in countries/`])
    if (config.mode === 'production') refuseGaps(config.country, gapsOf(pack))
    const keys = await Keys.open(config.keysFolder, { create: config.mode === 'demonstration' })
    stops.push(async () => keys.close())
    const database = config.database ?? (await embedded(config, say, stops))
    const applied = await migrate(database.owner)
    if (applied.length > 0) say(`Database brought up to date: ${applied.length} migrations.`)
    if (config.mode === 'demonstration') {
      const { seed } = await import('../tools/demonstration/seed.ts')
      const noteDue = async () => (await import('../tools/demonstration/samples.ts')).noteDue(config.dataFolder)
      await seed(database.owner, pack, samples ? noteDue : undefined)
    }
    const words = loadWords({ timeZone: pack.timeZone.value ?? 'UTC', strict: config.mode !== 'production' })
    const services: Services = {
      config,
      pool: pool(database.app, config.poolSize, 'samaan', { pipeline: true, fenced: true }),
      exportPool: pool(database.app, 2, 'samaan-export', { fenced: true }),
      keys,
      packs,
      words: language => words[language as LanguageCode] ?? words.en,
      now: () => new Date(nowMs()),
    }
    stops.push(
      () => services.pool.end(),
      () => services.exportPool.end(),
    )
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    if (parts.has('jobs')) {
      const running = await startJobs(database.jobs, config, keys, [
        sweep,
        filesJob(services),
        retentionJob(services),
        sealedAloneJob,
        ...matchingJobs,
        overdueClocks(services),
        ...referralJobs,
        nextTurnJob(services),
        linkMailJob(services),
        ...taskJobs,
        noticeJob(services),
        mailJob(services),
      ])
      stops.push(() => running.stop())
    }
    if (parts.has('staff')) {
      const app = staffApp(services, allBindings(config), join(root, 'dist', 'staff'), version)
      if (samples && config.mode === 'demonstration') await addSampleCases(config, app, say)
      stops.push(await listen(app, config.staffPort))
    }
    if (parts.has('site')) {
      const reading = readingOf(services)
      const app = siteApp({
        pack,
        words,
        siteOrigin: config.siteOrigin,
        staffOrigin: config.staffOrigin,
        log: config.log,
        parts: [findPart(services, reading), visitPart(services), linkPart(services)],
        data: [serveHsds(services, reading)],
        securityContact: config.securityContact,
        ...(config.exitUrl ? { exitUrl: config.exitUrl } : {}),
      })
      stops.push(await listen(app, config.sitePort))
    }
    await announce(config, say)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Before anybody can look: what a crash cut short is completed here, too. */
async function addSampleCases(config: Config, app: Hono, say: (line: string) => void): Promise<void> {
  const { addSamples } = await import('../tools/demonstration/samples.ts')
  try {
    const added = await addSamples(config.dataFolder, app, config.staffOrigin)
    if (added > 0) say(`Invented sample cases: ${added}.`)
  } catch (error) {
    config.log({ event: 'samples', error })
    say('The sample cases are not complete; the next start tries again.')
  }
}

function refuseGaps(country: string, gaps: readonly string[]): void {
  if (gaps.length > 0)
    throw new ConfigError([
      `SAMAAN_COUNTRY: the pack of ${country} is not ready for work with people. Still open:`,
      ...gaps.map(one => `  ${one}`),
    ])
}

async function embedded(config: Config, say: (line: string) => void, stops: (() => Promise<unknown>)[]) {
  say('Starting the database …')
  const cluster: Cluster = await startCluster({ folder: join(config.dataFolder, 'postgres'), log: say })
  stops.push(() => cluster.stop())
  return cluster.urls
}

/** Serves on the loopback only; a proxy that ends TLS stands in front of it in production. */
async function listen(app: Hono, port: number): Promise<() => Promise<unknown>> {
  const server: Server = createServer(
    { headersTimeout: 5000, requestTimeout: 15_000, connectionsCheckingInterval: 1000, keepAliveTimeout: 30_000 },
    getRequestListener(app.fetch),
  )
  server.maxConnections = 2000
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new ConfigError([`SAMAAN_PORT: port ${port} is taken`]) : error),
    )
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return () =>
    new Promise(resolve => {
      server.close(resolve)
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3000).unref()
    })
}

async function announce(config: Config, say: (line: string) => void): Promise<void> {
  say('')
  say(`  Public site   ${config.siteOrigin}`)
  say(`  Staff app     ${config.staffOrigin}`)
  if (config.mode === 'demonstration') {
    const { people } = await import('../tools/demonstration/people.ts')
    say('')
    say('  Demonstration country Santa Aurelia. Choose who to be on the staff app’s first page:')
    for (const one of people) say(`    ${one.name.padEnd(20)} ${one.role}, ${one.body}`)
    say('')
    say('  Ctrl+C stops; data stay. npm run demo:reset starts over.')
  }
}
