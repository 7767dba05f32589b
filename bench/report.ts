import { cpus, totalmem } from 'node:os'
import type { Exported } from './drive.ts'
import { type Measured, type MeasuredExport, median, type Run } from './measure.ts'

export interface Findings {
  readonly quick: boolean
  readonly cases: number
  readonly postgres: string
  readonly units: readonly Measured[]
  readonly exports: readonly MeasuredExport[]
  readonly plan: readonly string[]
  readonly ready: readonly number[]
  readonly idle: number | undefined
  readonly worked: number | undefined
  readonly minutes: number
}

const goals = { create: 0.6, list: 0.6, read: 0.6, referral: 0.6, service: 0.6 } as const
const titles = {
  create: 'record a screening',
  list: 'list 50 by two filters',
  read: 'a case, its history, its referrals',
  referral: 'refer to the unit (officer)',
  service: 'refer to a service (unit)',
  search: 'search by part of a name',
} as const
const met = (yes: boolean) => (yes ? 'met' : 'MISSED')
const n = (value: number | undefined, digits = 1) =>
  value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits)
const middle = (runs: readonly Run[], of: (run: Run) => number | undefined) => {
  const known = runs.map(of).filter(one => one !== undefined)
  return known.length > 0 ? median(known) : undefined
}
/** The middle of the rounds' own ratios: both sides of a round met the same neighbours. */
const ratioOf = ({ runs }: Measured) => median(runs.ours.map((run, i) => run.rate / runs.floor[i]!.rate))

function unitRow(one: Measured): string[] {
  const { ours, floor } = one.runs
  const ratio = ratioOf(one)
  const search = one.unit === 'search'
  const p50 = middle(ours, run => run.p50)!
  const goal = search ? (one.connections === 1 ? 'p50 ≤ 8 ms' : '') : `≥ ${goals[one.unit as keyof typeof goals]}`
  const verdict = search ? (goal ? met(p50 <= 8) : '') : met(ratio >= goals[one.unit as keyof typeof goals])
  const times = (runs: readonly Run[]) => `${n(middle(runs, run => run.p50))} / ${n(middle(runs, run => run.p99))}`
  const cpu = (runs: readonly Run[]) =>
    `${n(
      middle(runs, run => run.server),
      2,
    )} + ${n(
      middle(runs, run => run.postgres),
      2,
    )}`
  const rate = (runs: readonly Run[]) =>
    n(
      middle(runs, run => run.rate),
      0,
    )
  const failed = [...ours, ...floor].filter(run => run.failed > 0)
  const wrong =
    failed.length > 0
      ? ` (${failed.reduce((sum, run) => sum + run.failed, 0)} refused, first ${failed[0]!.status})`
      : ''
  return [
    ...[titles[one.unit] + wrong, String(one.connections), rate(ours), rate(floor), n(ratio, 2), goal, verdict],
    ...[times(ours), times(floor), cpu(ours), cpu(floor)],
  ]
}

const middleOf = (runs: readonly Exported[], of: (run: Exported) => number) => median(runs.map(of))
function exportLines({ readers, runs }: MeasuredExport): string[] {
  const { ours, floor } = runs
  if (ours.some(run => run.status !== 200)) return [`CSV: the server answered ${ours[0]!.status}; not measured.`]
  const factor = median(ours.map((run, i) => run.whole / floor[i]!.whole))
  const what = `CSV of ${n(
    middleOf(ours, run => run.rows),
    0,
  )} rows${readers > 0 ? `, ${readers} readers beside it` : ''}`
  const times = `${n(
    middleOf(ours, run => run.whole),
    0,
  )} ms, floor ${n(
    middleOf(floor, run => run.whole),
    0,
  )} ms, factor ${n(factor, 2)}`
  const bytes = `first byte ${n(
    middleOf(ours, run => run.firstByte),
    0,
  )} ms, floor ${n(
    middleOf(floor, run => run.firstByte),
    0,
  )} ms`
  if (readers === 0) return [`${what}: ${times} (goal ≤ 3: ${met(factor <= 3)}); ${bytes}.`]
  const slowest = (all: readonly Exported[]) => Math.max(...all.map(run => run.readers?.slowest ?? 0))
  const failed = ours.reduce((sum, run) => sum + (run.readers?.failed ?? 0), 0)
  return [
    `${what}: ${times}; ${bytes}.`,
    `Slowest read during it: ${n(slowest(ours))} ms of all rounds (goal ≤ 100: ${met(slowest(ours) <= 100 && failed === 0)}; p99 ${n(middleOf(ours, run => run.readers?.p99 ?? 0))} ms, ${failed} refused), floor ${n(slowest(floor))} ms.`,
  ]
}

/** The whole result as Markdown; the same text is printed. */
export function report(found: Findings): string {
  const head = [
    'work',
    'conn.',
    'ours/s',
    'floor/s',
    'ratio',
    'goal',
    '',
    'ours p50 / p99 ms',
    'floor p50 / p99 ms',
    'ours CPU ms',
    'floor CPU ms',
  ]
  const rows = [head, ...found.units.map(unitRow)]
  const widths = head.map((_, i) => Math.max(...rows.map(row => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  const table = [
    line(rows[0]!),
    `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.slice(1).map(line),
  ]
  const ready = median(found.ready)
  const indexed =
    found.plan.some(one => /Index.*search_term/.test(one)) &&
    !found.plan.some(one => /Seq Scan on search_term/.test(one))
  return [
    '# Measured against the floor',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, PostgreSQL ${found.postgres}; \`npm run bench${found.quick ? ' -- --quick' : ''}\`, ${n(found.minutes)} minutes.`,
    `${found.cases} cases on our side (some still waiting to be opened), the opened ones on the floor’s, one PostgreSQL, loopback, client on the same machine; middle of the rounds. A ratio is the middle of the rounds' own ratios (ours / floor, throughput). CPU is of server + PostgreSQL for one request.`,
    ...(found.quick ? ['', '**Quick: too few and too short rounds to judge by.**'] : []),
    '',
    ...table,
    '',
    ...found.exports.flatMap(exportLines).map(one => `- ${one}`),
    `- Index in the plan of the search as the application's role: ${indexed ? 'yes' : 'NO'} (${met(indexed)}).`,
    `- Memory of the server: idle ${n(found.idle, 0)} MB (goal ≤ 110: ${found.idle === undefined ? '–' : met(found.idle <= 110)}), after the load ${n(found.worked, 0)} MB (goal ≤ 200: ${found.worked === undefined ? '–' : met(found.worked <= 200)}).`,
    `- Ready ${n(ready, 0)} ms after the start of the process with the database up (goal ≤ 1000: ${met(ready <= 1000)}; starts: ${found.ready.map(one => n(one, 0)).join(', ')}).`,
    '',
    'Plan of the search:',
    '',
    '```',
    ...found.plan,
    '```',
    '',
  ].join('\n')
}
