import type { FunctionShape } from './functions.ts'
import { DayNumber, Moment, parseMoment } from './moments.ts'
import { type At, type Evaluate, each, isNodes, textNumber, toBoolean, toNumber, type Value } from './values.ts'

const number = (args: readonly Evaluate[], place: number, at: At) => toNumber(args[place]!(at), at.world.zone)
const all = (args: readonly Evaluate[], at: At) =>
  args.flatMap(arg => each(arg(at)).map(value => toNumber(value, at.world.zone)))

const one = (work: (value: number) => number): FunctionShape => ({
  min: 1,
  max: 1,
  run: (args, at) => work(number(args, 0, at)),
})
const two = (work: (first: number, second: number) => number): FunctionShape => ({
  min: 2,
  max: 2,
  run: (args, at) => work(number(args, 0, at), number(args, 1, at)),
})
const many = (work: (...values: number[]) => number): FunctionShape => ({
  min: 1,
  max: 200,
  run: (args, at) => {
    const values = all(args, at)
    return values.length === 0 ? Number.NaN : work(...values)
  },
})

/** How many of the answers hold, each with its weight; the most may be -1 for "no most". */
function holds(least: number, most: number, weighed: () => number): boolean {
  if (most === -1 && least < 1) return true
  const sum = weighed()
  return sum >= least && (most === -1 || sum <= most)
}

export const numberFunctions: Readonly<Record<string, FunctionShape>> = {
  number: {
    min: 0,
    max: 1,
    run: (args, at) => {
      const value: Value = args.length > 0 ? args[0]!(at) : [at.node]
      if (typeof value === 'number' || typeof value === 'boolean') return toNumber(value, at.world.zone)
      if (value instanceof Moment) return value
      const text = isNodes(value) ? (value[0]?.text() ?? '') : value
      const moment = parseMoment(text, at.world.zone)
      return moment ? new DayNumber(moment.ms, moment.zone) : textNumber(text, at.world.zone)
    },
  },
  int: one(value => Math.trunc(value)),
  round: {
    min: 1,
    max: 2,
    run: (args, at) => {
      const value = number(args, 0, at)
      const shift = 10 ** (args.length > 1 ? number(args, 1, at) : 0)
      return (Math.round(Math.abs(value) * shift) / shift) * (value < 0 ? -1 : 1)
    },
  },
  floor: one(Math.floor),
  ceiling: one(Math.ceil),
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  exp: one(Math.exp),
  exp10: one(value => 10 ** value),
  log: one(Math.log),
  log10: one(Math.log10),
  sin: one(Math.sin),
  cos: one(Math.cos),
  tan: one(Math.tan),
  asin: one(Math.asin),
  acos: one(Math.acos),
  atan: one(Math.atan),
  atan2: two(Math.atan2),
  pow: two((base, power) => (Number.isNaN(base) ? base : base ** power)),
  pi: { min: 0, max: 0, run: () => Math.PI },
  random: { min: 0, max: 0, volatile: true, run: (_, at) => at.world.random() },
  min: many(Math.min),
  max: many(Math.max),
  sum: {
    min: 1,
    max: 1,
    run: (args, at) => {
      const values = all(args, at)
      return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value)
    },
  },
  count: { min: 1, max: 1, nodes: [0], run: (args, at) => (args[0]!(at) as readonly unknown[]).length },
  'count-non-empty': {
    min: 1,
    max: 1,
    nodes: [0],
    run: (args, at) => each(args[0]!(at)).filter(text => text !== '').length,
  },
  checklist: {
    min: 2,
    max: 200,
    run: (args, at) =>
      holds(number(args, 0, at), number(args, 1, at), () =>
        args.slice(2).reduce((sum, arg) => sum + each(arg(at)).filter(toBoolean).length, 0),
      ),
  },
  'weighted-checklist': {
    min: 2,
    max: 200,
    run: (args, at) =>
      holds(number(args, 0, at), number(args, 1, at), () => {
        let sum = 0
        for (let place = 2; place + 1 < args.length; place += 2) {
          const weights = each(args[place + 1]!(at))
          for (const [row, value] of each(args[place]!(at)).entries()) {
            const weight = weights[row]
            if (weight !== undefined && toBoolean(value)) sum += toNumber(weight, at.world.zone)
          }
        }
        return sum
      }),
  },
}
