import type { Question } from '../definition.ts'
import type { Cells } from './cells.ts'
import type { Findings } from './findings.ts'
import { isReserved } from './names.ts'

/** `a=1 b=2`, divided by spaces, commas or semicolons; an expression may stand after `=` as `${name}`. */
export function parametersOf(cells: Cells, findings: Findings): Record<string, string> {
  const found: Record<string, string> = {}
  const text = cells.code('parameters').replace(/\s+/g, ' ').replace(/ ?= ?/g, '=')
  for (const piece of text.split(/[\s,;]+/)) {
    if (piece === '') continue
    const pair = /^([A-Za-z_][\w.-]*)=(.+)$/.exec(piece)
    if (!pair || isReserved(pair[1]!)) findings.refuse('parameter', cells.spot('parameters'), piece)
    else found[pair[1]!.toLowerCase()] = pair[2]!
  }
  return found
}

/** Takes `start`, `end` and `step` out of the parameters of a `range`; 1 to 10 by 1 where they say nothing. */
export function rangeOf(
  parameters: Record<string, string>,
  cells: Cells,
  findings: Findings,
): NonNullable<Question['range']> {
  const take = (key: 'start' | 'end' | 'step', otherwise: number): number => {
    const text = parameters[key]
    delete parameters[key]
    if (text === undefined) return otherwise
    const number = /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN
    if (Number.isNaN(number)) findings.refuse('parameter', cells.spot('parameters'), `${key}=${text}`)
    return number
  }
  const range = { start: take('start', 1), end: take('end', 10), step: take('step', 1) }
  const { start, end, step } = range
  if (step === 0 || start === end || Math.abs(step) > Math.abs(end - start)) {
    findings.refuse('range', cells.spot('parameters'), `${start}…${end} / ${step}`)
  }
  return range
}
