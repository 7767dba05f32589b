import type { Cell } from './cell.ts'
import { give, take } from './codec.ts'
import type { AnswerTree, AnswerValue, Question } from './definition.ts'
import type { ProblemCode } from './view.ts'

/** Told of what in given answers could not be used. */
export type Report = (path: string, code: ProblemCode) => void

/** What a form sends: relevant answers only; what is blank is left out, a row is not. */
export function collect(cell: Cell): AnswerTree {
  const found: [string, AnswerValue][] = []
  for (const child of cell.inner) {
    if (!child.isRelevant()) continue
    const value = answerOf(child)
    if (value !== null) found.push([child.spot.name, value])
  }
  return Object.fromEntries(found)
}

function answerOf(cell: Cell): AnswerValue {
  if (cell.question) return give(cell.question, cell.text())
  if (cell.spot.node?.kind === 'repeat' && !cell.isRow) {
    cell.source.read()
    return cell.rows.length > 0 ? cell.rows.map(collect) : null
  }
  const inside = collect(cell)
  return Object.keys(inside).length > 0 ? inside : null
}

/** Nothing is answered and nothing asks for a default any more: what is filled in next is all there is. */
export function empty(cell: Cell): void {
  for (const child of cell.inner) {
    if (child.question) {
      child.stored = ''
      child.given = !worksItselfOut(child)
    } else empty(child)
  }
}

/** What nobody may answer over the form's own result. */
const worksItselfOut = ({ rules, question }: Cell) =>
  (rules.calculation !== undefined || rules.triggers !== undefined) &&
  (question!.type === 'calculate' ||
    question!.type === 'note' ||
    question!.type === 'hidden' ||
    rules.readOnly !== undefined)

/** Puts answers from anywhere into a group, a row or the whole, before it is worked out. */
export function fill(cell: Cell, answers: unknown, path: string, report: Report): void {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) {
    report(path, 'wrong-type')
    return
  }
  for (const [name, value] of Object.entries(answers)) {
    const child = cell.child(name)
    const at = path === '' ? name : `${path}/${name}`
    if (!child) report(at, 'name-unknown')
    else if (value === null || value === undefined) continue
    else if (child.question) fillQuestion(child, child.question, value, at, report)
    else if (child.spot.node?.kind === 'group') fill(child, value, at, report)
    else fillRows(child, value, at, report)
  }
}

function fillQuestion(cell: Cell, question: Question, value: unknown, path: string, report: Report): void {
  const { calculation, default: preset } = cell.rules
  const taken = take(question, value)
  if (typeof taken !== 'string') {
    report(path, taken.problem)
    // Kept in sight where a person goes on with it.
    if (!worksItselfOut(cell)) cell.typed = { text: value, problem: taken.problem }
    return
  }
  if (worksItselfOut(cell)) {
    // Only the device knew the hour and the chance; `once` goes on from what it has.
    if (calculation?.volatile || cell.rules.triggers) cell.pinned = true
    else if (!calculation?.readsItself) return
  } else cell.given = true
  if (preset) cell.given = true
  cell.stored = taken
}

function fillRows(repeat: Cell, value: unknown, path: string, report: Report): void {
  if (!Array.isArray(value)) {
    report(path, 'wrong-type')
    return
  }
  if (repeat.rules.count) {
    repeat.pending = value
    return
  }
  for (const [index, answers] of value.entries()) {
    const row = repeat.addRow()
    if (!row) {
      report(path, 'too-many-rows')
      return
    }
    empty(row)
    fill(row, answers ?? {}, `${path}[${index + 1}]`, report)
  }
}
