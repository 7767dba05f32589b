import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { sequence } from '../audit/sequencer.ts'
import { nowMs } from '../clocks/ahead.ts'
import type { Config } from '../config/config.ts'
import type { Keys } from '../crypto/keys.ts'
import { inTransaction, pool, Tx } from '../db/context.ts'
import { announce } from './news.ts'

/** Work that repeats: `cron` in UTC, one run at a time for the whole installation. */
export interface Job {
  /** `<slice>.<what>` */
  readonly name: string
  readonly cron: string
  readonly run: (tx: Tx, now: Date) => Promise<void>
}
export interface RunningJobs {
  stop(): Promise<void>
}

/** Starts the queue, its schedule and the audit's sequencer. */
export async function startJobs(url: string, config: Config, keys: Keys, jobs: readonly Job[]): Promise<RunningJobs> {
  const connections = pool(url, 3, 'samaan-jobs')
  const boss = new PgBoss({
    db: { executeSql: (text, values) => connections.query(text, values as unknown[]) },
    schema: 'pgboss',
    createSchema: false,
  })
  boss.on('error', error => config.log({ event: 'jobs', error }))
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name, { retryLimit: 5, retryBackoff: true })
    await boss.work(job.name, { pollingIntervalSeconds: 5 }, async () => {
      await inTransaction(connections, undefined, tx => job.run(tx, new Date(nowMs())))
    })
    await boss.schedule(job.name, job.cron)
  }
  const sequencer = startSequencer(connections, config, keys)
  return {
    stop: async () => {
      await sequencer.stop()
      await boss.stop({ graceful: true, timeout: 5000 })
      await connections.end()
    },
  }
}

/** Where the audit's checkpoints are kept, and the name of its log. */
export const auditLog = (config: Config) => ({
  origin: `audit.${config.country.toLowerCase()}.samaan`,
  folder: config.dataFolder,
})

/** Numbers committed events and signs the tree once a second, when there is something to sign. */
function startSequencer(connections: pg.Pool, config: Config, keys: Keys): RunningJobs {
  let stopping = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, 1000)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const round = async () => {
    const client = await connections.connect()
    try {
      return await sequence(client, keys, {
        ...auditLog(config),
        heard: events => announce(new Tx(client), 'audit.numbered', { events }),
        failed: error => config.log({ event: 'audit-heard', error }),
      })
    } finally {
      client.release()
    }
  }
  const running = (async () => {
    while (!stopping) {
      const numbered = await round().catch(error => {
        config.log({ event: 'audit-sequencer', error })
        return 0
      })
      if (numbered < 10_000) await pause()
    }
    // What was committed while stopping is numbered too.
    await round().catch(() => 0)
  })()
  return {
    stop: async () => {
      stopping = true
      wake()
      await running
    },
  }
}
