import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { familyNames } from './invented.ts'
import { measure, measureExport, type Pace } from './measure.ts'
import { planOfSearch } from './plan-of-search.ts'
import { residentOf } from './processes.ts'
import { report } from './report.ts'
import { setStage } from './stage.ts'
import { type UnitName, unitNames } from './units.ts'

// Measures the real server, as built, against the floor (floor.ts) in one run and writes results.md. `--quick` takes
// about two minutes, shows that everything works and writes nothing; `--only=create,list` measures some units only.
const root = resolve(import.meta.dirname, '..')
const option = (name: string) => process.argv.find(one => one.startsWith(`--${name}`))?.split('=')
const quick = option('quick') !== undefined
const only = option('only')?.[1]?.split(',')
const say = (line: string) => process.stderr.write(`${line}\n`)

const volume = quick
  ? { held: 10_000, waiting: 4_000, officers: 100 }
  : { held: 100_000, waiting: 24_000, officers: 200 }
const pace: Pace = quick ? { rounds: 1, seconds: 1.5, warm: 1 } : { rounds: 3, seconds: 3, warm: 2 }
const units: readonly UnitName[] = unitNames.filter(one => !only || only.includes(one))

const started = performance.now()
const stage = await setStage(root, volume, say)
const interrupted = () => {
  void stage.close().finally(() => process.exit(130))
}
process.once('SIGINT', interrupted)
process.once('SIGTERM', interrupted)
try {
  say('Idle …')
  await pause(only ? 500 : quick ? 5000 : 30_000)
  const idle = residentOf(stage.ours.pid)
  const measured = await measure(
    stage,
    units.flatMap(unit => [[unit, 1] as const, [unit, 16] as const]),
    pace,
    say,
  )
  say('Exports …')
  const exports = !only || only.includes('csv') ? await measureExport(stage, pace.rounds, [0, 16]) : []
  const worked = residentOf(stage.ours.pid)
  const plan = await planOfSearch(stage.cluster.urls.app, join(stage.data, 'keys'), familyNames[37]!.slice(0, 5))
  const text = report({
    ...{ quick, cases: volume.held + volume.waiting, postgres: stage.version, units: measured, exports, plan },
    ...{ ready: stage.ready, idle, worked, minutes: (performance.now() - started) / 60_000 },
  })
  process.stdout.write(`${text}\n`)
  if (!only && !quick) await writeFile(join(import.meta.dirname, 'results.md'), text)
} finally {
  await stage.close()
}
process.exit(0)
