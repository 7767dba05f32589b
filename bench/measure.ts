import type { Driven, Exported } from './drive.ts'
import { processorOf } from './processes.ts'
import type { Stage } from './stage.ts'
import { type Side, sides, type UnitName } from './units.ts'

/** How long and how often. */
export interface Pace {
  readonly rounds: number
  readonly seconds: number
  readonly warm: number
}
export interface Run extends Driven {
  /** Processor milliseconds a request: of the server, and of PostgreSQL. */
  readonly server: number | undefined
  readonly postgres: number | undefined
}
export interface Measured {
  readonly unit: UnitName
  readonly connections: number
  readonly runs: Readonly<Record<Side, readonly Run[]>>
}
export interface MeasuredExport {
  readonly readers: number
  readonly runs: Readonly<Record<Side, readonly Exported[]>>
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** Side and side again, first one first and then the other, so that a busy minute of the machine hits both. */
const turns = (round: number): readonly Side[] => (round % 2 === 0 ? sides : [...sides].reverse())

/** Runs every unit at every number of connections in rounds; nothing is measured before all were warmed up. */
export async function measure(
  stage: Stage,
  plan: readonly (readonly [UnitName, number])[],
  pace: Pace,
  say: (line: string) => void,
): Promise<Measured[]> {
  const all = plan.map(([unit, connections]) => ({
    unit,
    connections,
    runs: { ours: [] as Run[], floor: [] as Run[] },
  }))
  say('Warming up …')
  for (const { unit } of all.filter(one => one.connections > 1))
    for (const side of sides) await stage.ask({ kind: 'drive', side, unit, connections: 4, seconds: pace.warm })
  for (let round = 0; round < pace.rounds; round++) {
    say(`Round ${round + 1} of ${pace.rounds} …`)
    for (const one of all)
      for (const side of turns(round)) {
        await stage.settle()
        one.runs[side].push(await runOf(stage, side, one.unit, one.connections, pace.seconds))
      }
  }
  return all
}

async function runOf(stage: Stage, side: Side, unit: UnitName, connections: number, seconds: number): Promise<Run> {
  const server = side === 'ours' ? stage.ours.pid : stage.floor.pid!
  const before = [processorOf(server), processorOf(stage.postmaster)] as const
  const driven = await stage.ask<Driven>({ kind: 'drive', side, unit, connections, seconds })
  const after = [processorOf(server), processorOf(stage.postmaster)] as const
  const each = (i: 0 | 1) =>
    before[i] === undefined || after[i] === undefined ? undefined : ((after[i] - before[i]) * 1000) / driven.count
  return { ...driven, server: each(0), postgres: each(1) }
}

/** The export alone, then with readers beside it. */
export async function measureExport(
  stage: Stage,
  rounds: number,
  readers: readonly number[],
): Promise<MeasuredExport[]> {
  const all = readers.map(count => ({ readers: count, runs: { ours: [] as Exported[], floor: [] as Exported[] } }))
  for (let round = 0; round < rounds; round++)
    for (const one of all)
      for (const side of turns(round)) {
        await stage.settle()
        one.runs[side].push(await stage.ask<Exported>({ kind: 'export', side, readers: one.readers }))
      }
  return all
}
