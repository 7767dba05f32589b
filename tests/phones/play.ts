import { parentPort, workerData } from 'node:worker_threads'
import { start } from '../../src/staff/offline/make.ts'
import { modelSide } from './model-side.ts'
import { quickCrypto } from './quick-crypto.ts'
import type { Given, Heard, Kind } from './run.ts'
import { type ScheduleOptions, schedule } from './schedule.ts'
import { ageSealing, quickSealing } from './sealing.ts'
import { auditOf, disksOf, type Lane, startLane } from './server-lane.ts'
import { serverSide } from './server-side.ts'

// One thread of a run: takes one seed after the other until there is none, a few at a time, since each waits for its
// disk, its keys or its database now and then.

type Way = Omit<ScheduleOptions, 'seed'>
interface Ways {
  readonly ways: readonly Way[]
  /** What remains to be looked at when everything was played. @returns notes for the report */
  readonly end: () => Promise<string[]>
  readonly stop: () => Promise<void>
}
/** Ids that phones make must not lie ahead of the server's real time, and schedules last two months. */
const longAgo = Date.UTC(2026, 5, 1, 8)

async function waysOf(kind: Kind): Promise<Ways> {
  if (kind === 'server') return ofServer()
  const model: Way =
    kind === 'model'
      ? { sideOf: modelSide(await quickSealing()), crypto: quickCrypto(), start }
      : { sideOf: modelSide(await ageSealing()), start }
  return { ways: [model, model, model], end: async () => [], stop: async () => undefined }
}
async function ofServer(): Promise<Ways> {
  const lanes: readonly Lane[] = [await startLane(), await startLane()]
  const crypto = quickCrypto()
  return {
    ways: lanes.map(lane => ({ sideOf: serverSide(lane), start: longAgo, crypto })),
    end: async () => (await Promise.all(lanes.map(async lane => [await disksOf(lane), await auditOf(lane)]))).flat(),
    async stop() {
      for (const lane of lanes) await lane.stop()
    },
  }
}

async function play({ kind, seeds }: Given): Promise<Heard> {
  const { ways, end, stop } = await waysOf(kind)
  const total: Record<string, number> = {}
  let failed: { seed: number; error: unknown } | undefined
  const take = () => Atomics.add(seeds, 0, 1)
  const lane = async (way: Way) => {
    for (let seed = take(); seed <= seeds[1]!; seed = take()) {
      try {
        for (const [name, number] of Object.entries(await schedule({ ...way, seed })))
          total[name] = (total[name] ?? 0) + number
      } catch (error) {
        failed ??= { seed, error }
        // Nobody begins another.
        Atomics.store(seeds, 1, -1)
      }
    }
  }
  try {
    await Promise.all(ways.map(lane))
    return failed ?? { total, notes: await end() }
  } finally {
    await stop()
  }
}

parentPort!.postMessage(await play(workerData as Given))
