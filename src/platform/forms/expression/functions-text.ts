import type { FunctionShape } from './functions.ts'
import type { At, Evaluate } from './values.ts'
import { each, toBoolean, toNumber, toText, words } from './values.ts'

const text = (args: readonly Evaluate[], place: number, at: At) => toText(args[place]!(at))
const whole = (args: readonly Evaluate[], place: number, at: At) => Number.parseInt(text(args, place, at), 10)
const number = (args: readonly Evaluate[], place: number, at: At) => toNumber(args[place]!(at), at.world.zone)
const orHere = (args: readonly Evaluate[], at: At) => (args.length > 0 ? text(args, 0, at) : at.node.text())

/** Functions of text and of choices. */
export const textFunctions: Readonly<Record<string, FunctionShape>> = {
  string: { min: 0, max: 1, run: orHere },
  concat: { min: 0, max: 200, run: (args, at) => args.flatMap(arg => each(arg(at)).map(toText)).join('') },
  join: {
    min: 1,
    max: 200,
    run: (args, at) =>
      args
        .slice(1)
        .flatMap(arg => each(arg(at)).map(toText))
        .join(text(args, 0, at)),
  },
  contains: { min: 2, max: 2, run: (args, at) => text(args, 0, at).includes(text(args, 1, at)) },
  'starts-with': { min: 2, max: 2, run: (args, at) => text(args, 0, at).startsWith(text(args, 1, at)) },
  'ends-with': { min: 2, max: 2, run: (args, at) => text(args, 0, at).endsWith(text(args, 1, at)) },
  'string-length': { min: 0, max: 1, run: (args, at) => orHere(args, at).length },
  'normalize-space': { min: 0, max: 1, run: (args, at) => words(orHere(args, at)).join(' ') },
  substr: {
    min: 2,
    max: 3,
    run: (args, at) => {
      const from = text(args, 0, at)
      const start = whole(args, 1, at)
      const end = args.length > 2 ? whole(args, 2, at) : from.length
      // Counted from 0, from the end where negative; what is no number gives nothing.
      return Number.isNaN(start) || Number.isNaN(end) ? '' : from.slice(start, end)
    },
  },
  substring: {
    min: 2,
    max: 3,
    run: (args, at) => {
      const from = text(args, 0, at)
      const start = Math.round(number(args, 1, at)) - 1
      const end = args.length > 2 ? start + Math.round(number(args, 2, at)) : from.length
      return Number.isNaN(start) || Number.isNaN(end) ? '' : from.slice(Math.max(0, start), Math.max(0, end))
    },
  },
  'substring-before': {
    min: 2,
    max: 2,
    run: (args, at) => {
      const from = text(args, 0, at)
      return from.slice(0, Math.max(0, from.indexOf(text(args, 1, at))))
    },
  },
  'substring-after': {
    min: 2,
    max: 2,
    run: (args, at) => {
      const from = text(args, 0, at)
      const mark = text(args, 1, at)
      const found = from.indexOf(mark)
      return found < 0 ? '' : from.slice(found + mark.length)
    },
  },
  translate: {
    min: 3,
    max: 3,
    run: (args, at) => {
      const from = text(args, 1, at).split('')
      const to = text(args, 2, at).split('')
      const swap = new Map<string, string>()
      for (const [place, letter] of from.entries()) if (!swap.has(letter)) swap.set(letter, to[place] ?? '')
      return text(args, 0, at)
        .split('')
        .map(letter => swap.get(letter) ?? letter)
        .join('')
    },
  },
  coalesce: { min: 2, max: 2, run: (args, at) => text(args, 0, at) || text(args, 1, at) },
  selected: {
    min: 2,
    max: 2,
    run: (args, at) => {
      const chosen = words(text(args, 0, at))
      const wanted = text(args, 1, at).trim()
      // Nothing is chosen where nothing is, as in ODK.
      return chosen.length === 0 ? wanted === '' : chosen.includes(wanted)
    },
  },
  'selected-at': { min: 2, max: 2, run: (args, at) => words(text(args, 0, at))[whole(args, 1, at)] ?? '' },
  'count-selected': { min: 1, max: 1, run: (args, at) => words(text(args, 0, at)).length },
  boolean: { min: 1, max: 1, run: (args, at) => toBoolean(args[0]!(at)) },
  'boolean-from-string': { min: 1, max: 1, run: (args, at) => ['1', 'true'].includes(text(args, 0, at)) },
  true: { min: 0, max: 0, run: () => true },
  false: { min: 0, max: 0, run: () => false },
  not: { min: 1, max: 1, run: (args, at) => !toBoolean(args[0]!(at)) },
  if: { min: 3, max: 3, run: (args, at) => (toBoolean(args[0]!(at)) ? args[1]!(at) : args[2]!(at)) },
  once: {
    min: 1,
    max: 1,
    run: (args, at) => at.world.stored(at.node) || text(args, 0, at),
  },
  uuid: {
    min: 0,
    max: 1,
    volatile: true,
    run: (args, at) => {
      if (args.length === 0) return at.world.uuid()
      const length = Math.min(1000, Math.max(0, Math.trunc(number(args, 0, at)) || 0))
      let long = ''
      while (long.length < length) long += at.world.uuid()
      return long.slice(0, length)
    },
  },
}
