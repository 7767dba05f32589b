import type { Flaw } from './flaws.ts'
import {
  beginnings,
  findState,
  type IdentificationState,
  movesFrom,
  negativeStates,
  type Procedure,
  type ProcedureMove,
  reconsideringStates,
  whereItWas,
} from './procedure.ts'

const isDecision = ({ code }: ProcedureMove) => code === 'decide-positive' || code === 'decide-negative'
const isSeconding = ({ code }: ProcedureMove) =>
  code === 'confirm-positive' || code === 'confirm-negative' || code === 'return'
const path = (at: number, field: string) => `procedure.moves[${at}].${field}`

function* shapeFlaws(procedure: Procedure): Generator<Flaw> {
  const codes = procedure.states.map(({ code }) => code)
  for (const [at, code] of codes.entries())
    if (codes.indexOf(code) !== at) yield { path: `procedure.states[${at}].code`, problem: `repeats ${code}` }
  for (const code of beginnings)
    if (!codes.includes(code)) yield { path: 'procedure.states', problem: `must have ${code}: every case begins there` }
  const stages = procedure.stages.map(({ code }) => code)
  if (new Set(stages).size !== stages.length || (stages[0] === 'conclusive-grounds' && stages.length > 1))
    yield { path: 'procedure.stages', problem: 'must name each stage once, reasonable grounds first' }
  const seen = new Set<string>()
  for (const [at, move] of procedure.moves.entries()) {
    for (const [nth, from] of move.from.entries()) {
      if (!codes.includes(from)) yield { path: path(at, `from[${nth}]`), problem: `is no state: ${from}` }
      if (seen.has(`${move.code} ${from}`))
        yield { path: path(at, `from[${nth}]`), problem: `repeats ${move.code} from ${from}` }
      seen.add(`${move.code} ${from}`)
    }
    if (move.to !== whereItWas && !codes.includes(move.to))
      yield { path: path(at, 'to'), problem: `is no state: ${move.to}` }
    if (move.to === whereItWas && move.from.some(from => findState(procedure, from)?.pauses === false))
      yield { path: path(at, 'to'), problem: 'must name a state: only what was interrupted goes back to where it was' }
    if (move.stage !== null && !stages.includes(move.stage))
      yield { path: path(at, 'stage'), problem: `is no stage of this country: ${move.stage}` }
  }
  for (const [at, { state }] of procedure.notices.entries())
    if (!codes.includes(state)) yield { path: `procedure.notices[${at}].state`, problem: `is no state: ${state}` }
}

/** Everything can be reached, and nothing that goes on is a dead end. */
function* wayFlaws(procedure: Procedure): Generator<Flaw> {
  const reached = new Set<IdentificationState>(beginnings)
  // A set is walked in the order of insertion, what is added on the way included.
  for (const state of reached) for (const { to } of movesFrom(procedure, state)) if (to !== whereItWas) reached.add(to)
  for (const [at, { code, ends }] of procedure.states.entries()) {
    if (!reached.has(code)) yield { path: `procedure.states[${at}]`, problem: `${code} can never be reached` }
    const on = movesFrom(procedure, code).some(({ to }) => to === whereItWas || !findState(procedure, to)?.pauses)
    if (!ends && code !== 'none' && !on)
      yield { path: `procedure.states[${at}]`, problem: `nothing leads on from ${code}, and it does not end there` }
  }
}

/** Who decides, and that nobody alone says no. */
function* personFlaws(procedure: Procedure): Generator<Flaw> {
  for (const [at, move] of procedure.moves.entries()) {
    const target = move.to === whereItWas ? undefined : findState(procedure, move.to)
    const fromSeconded = move.from.every(from => findState(procedure, from)?.seconded)
    const needsSecond = move.needs.includes('second-person')
    if (isDecision(move) || isSeconding(move)) {
      if (move.roles.some(role => role !== 'decision-maker'))
        yield { path: path(at, 'roles'), problem: 'must be decision-maker alone: only they decide' }
      if (move.stage === null) yield { path: path(at, 'stage'), problem: 'must say of which stage it is the decision' }
    }
    if (isDecision(move)) {
      if (!move.needs.includes('reasons')) yield { path: path(at, 'needs'), problem: 'a decision needs reasons' }
      if (move.code === 'decide-positive' && !move.needs.includes('elements'))
        yield { path: path(at, 'needs'), problem: 'a positive decision needs the elements: act, means and purpose' }
      if (move.stage === 'conclusive-grounds' && !move.needs.includes('evidence'))
        yield { path: path(at, 'needs'), problem: 'a decision on conclusive grounds needs evidence' }
      if (move.code === 'decide-negative' && !needsSecond)
        yield { path: path(at, 'needs'), problem: 'a negative decision needs a second person' }
      if (move.from.some(from => reconsideringStates.includes(from)) && !needsSecond)
        yield { path: path(at, 'needs'), problem: 'a reconsideration needs a second person' }
      if (needsSecond !== (target?.seconded ?? false))
        yield { path: path(at, 'to'), problem: 'what needs a second person, and nothing else, waits for one' }
    } else if (needsSecond) yield { path: path(at, 'needs'), problem: 'only a decision has a second person' }
    else if (target?.seconded) yield { path: path(at, 'to'), problem: `only a decision leads to ${target.code}` }
    if (isSeconding(move) && !fromSeconded)
      yield { path: path(at, 'from'), problem: 'only what was proposed can be confirmed or returned' }
    if (target && negativeStates.includes(target.code) && move.code !== 'confirm-negative')
      yield {
        path: path(at, 'to'),
        problem: 'a negative decision needs a second person: only confirm-negative leads here',
      }
    if (!isDecision(move) && !isSeconding(move)) {
      if (move.stage !== null) yield { path: path(at, 'stage'), problem: 'must be null: it decides nothing' }
      const moves = move.from.some(from => from !== move.to)
      if (moves && target?.status && target.status !== 'PossibleVictimOfTrafficking')
        yield { path: path(at, 'to'), problem: 'only a decision says whether somebody is a victim' }
    }
    if (target?.pauses && !move.needs.includes('reasons'))
      yield { path: path(at, 'needs'), problem: 'what interrupts a case needs reasons' }
  }
  for (const [at, { code, seconded, pauses, status }] of procedure.states.entries()) {
    const out = movesFrom(procedure, code).map(move => move.code)
    if (seconded && !(out.includes('confirm-negative') && out.includes('return')))
      yield {
        path: `procedure.states[${at}]`,
        problem: `a second person must be able to confirm and to return what waits in ${code}`,
      }
    if (pauses && status !== null)
      yield { path: `procedure.states[${at}].status`, problem: 'must be null: an interruption decides nothing' }
  }
}

/** What is wrong in a procedure whose shape is right, one sentence each. */
export const procedureFlaws = (procedure: Procedure): Flaw[] => [
  ...shapeFlaws(procedure),
  ...wayFlaws(procedure),
  ...personFlaws(procedure),
]
