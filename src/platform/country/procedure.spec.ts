import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { defaultProcedure, procedureOf } from './default-procedure.ts'
import { PackError, parsePack } from './load.ts'
import { findMove, type IdentificationState, movesFrom, type Procedure } from './procedure.ts'
import { procedureFlaws } from './procedure-flaws.ts'

const sound = JSON.parse(await readFile(new URL('../../../countries/xsa/pack.json', import.meta.url), 'utf8'))

/** What a pack is told whose procedure is the default with a change. */
function toldOf(change: (procedure: Procedure) => unknown): string {
  const procedure = structuredClone(defaultProcedure)
  change(procedure)
  try {
    parsePack('pack.json', { ...sound, procedure })
    return ''
  } catch (error) {
    assert.ok(error instanceof PackError)
    return error.message
  }
}
const moveOf = (procedure: Procedure, from: IdentificationState, code: string) =>
  procedure.moves.find(one => one.code === code && one.from.includes(from))!

test('the default procedure has no flaw, and a pack that says none has it', () => {
  assert.deepEqual(procedureFlaws(defaultProcedure), [])
  assert.equal(procedureOf(parsePack('pack.json', sound)), defaultProcedure)
  assert.equal(
    toldOf(() => {}),
    '',
  )
})

test('a country may decide once only', () => {
  const once = structuredClone(defaultProcedure)
  const dropped = new Set(once.states.map(({ code }) => code).filter(code => code.includes('conclusive')))
  once.stages = once.stages.slice(0, 1)
  once.states = once.states.filter(({ code }) => !dropped.has(code))
  Object.assign(once.states.find(({ code }) => code === 'reasonable-grounds')!, {
    ends: true,
    status: 'ActualVictimOfTrafficking',
  })
  once.moves = once.moves
    .filter(one => one.stage !== 'conclusive-grounds' && !dropped.has(one.to as IdentificationState))
    .map(one => ({ ...one, from: one.from.filter(from => !dropped.has(from)) }))
    .filter(one => one.from.length > 0)
  once.notices = once.notices.filter(({ state }) => !dropped.has(state))
  assert.equal(parsePack('pack.json', { ...sound, procedure: once }).procedure?.stages.length, 1)
  assert.equal(findMove(once, 'reasonable-grounds', 'end-recovery'), undefined)
})

test('a negative decision without a second person is refused with a sentence', () => {
  assert.match(
    toldOf(one =>
      Object.assign(moveOf(one, 'pending', 'decide-negative'), { needs: ['reasons'], to: 'no-reasonable-grounds' }),
    ),
    /procedure\.moves\[1\]\.needs: a negative decision needs a second person/,
  )
  assert.match(
    toldOf(one => Object.assign(moveOf(one, 'pending', 'decide-positive'), { to: 'no-conclusive-grounds' })),
    /only confirm-negative leads here/,
  )
  assert.match(
    toldOf(one => Object.assign(moveOf(one, 'reasonable-grounds', 'end-recovery'), { to: 'no-reasonable-grounds' })),
    /only confirm-negative leads here/,
  )
})

test('a reconsideration without a second person is refused, whatever comes of it', () => {
  for (const code of ['decide-positive', 'decide-negative'])
    assert.match(
      toldOf(one => {
        const move = moveOf(one, 'reconsidering-conclusive-grounds', code)
        move.needs = move.needs.filter(need => need !== 'second-person')
      }),
      /a reconsideration needs a second person/,
    )
})

test('nothing can say that a clock moves a case, and nobody but a decision maker decides', () => {
  assert.match(
    toldOf(one => Object.assign(one.moves[0]!, { after: 'reasonable-grounds' })),
    /procedure\.moves\[0\]: Unrecognized key: "after"/,
  )
  assert.match(
    toldOf(one => Object.assign(one.moves[0]!, { roles: [] })),
    /procedure\.moves\[0\]\.roles/,
  )
  assert.match(
    toldOf(one => Object.assign(one.moves[0]!, { roles: ['clock'] })),
    /procedure\.moves\[0\]\.roles\[0\]/,
  )
  assert.match(
    toldOf(one => Object.assign(one.moves[0]!, { roles: ['decision-maker', 'coordinator'] })),
    /only they decide/,
  )
})

test('every other way in which a procedure can be wrong has its sentence', () => {
  const changes: [RegExp, (procedure: Procedure) => unknown][] = [
    [/missing can never be reached/, one => (one.moves = one.moves.filter(({ to }) => to !== 'missing'))],
    [/is no state: missing/, one => (one.states = one.states.filter(({ code }) => code !== 'missing'))],
    [/must have pending/, one => (one.states = one.states.filter(({ code }) => code !== 'pending'))],
    [/nothing leads on from missing/, one => (one.moves = one.moves.filter(({ code }) => code !== 'find'))],
    [/repeats find from missing/, one => one.moves.push({ ...moveOf(one, 'missing', 'find') })],
    [/repeats pending/, one => one.states.push({ ...one.states[1]! })],
    [
      /only what was interrupted goes back/,
      one => Object.assign(moveOf(one, 'reasonable-grounds', 'end-recovery'), { to: 'where-it-was' }),
    ],
    [/is no stage of this country: conclusive-grounds/, one => (one.stages = one.stages.slice(0, 1))],
    [/reasonable grounds first/, one => one.stages.reverse()],
    [/stages\[0\]\.thresholds\.es: is missing/, one => delete one.stages[0]!.thresholds.es],
    [/a decision needs reasons/, one => Object.assign(one.moves[0]!, { needs: ['elements'] })],
    [/a positive decision needs the elements/, one => Object.assign(one.moves[0]!, { needs: ['reasons'] })],
    [
      /needs evidence/,
      one => Object.assign(moveOf(one, 'conclusive-pending', 'decide-positive'), { needs: ['elements', 'reasons'] }),
    ],
    [
      /what needs a second person, and nothing else, waits for one/,
      one => Object.assign(one.moves[0]!, { needs: ['elements', 'reasons', 'second-person'] }),
    ],
    [/only a decision has a second person/, one => moveOf(one, 'pending', 'withdraw').needs.push('second-person')],
    [
      /only a decision leads to proposed-conclusive-negative/,
      one => Object.assign(moveOf(one, 'reasonable-grounds', 'end-recovery'), { to: 'proposed-conclusive-negative' }),
    ],
    [/able to confirm and to return/, one => (one.moves = one.moves.filter(({ code }) => code !== 'return'))],
    [
      /only what was proposed can be confirmed/,
      one => moveOf(one, 'proposed-negative', 'return').from.push('reasonable-grounds'),
    ],
    [/what interrupts a case needs reasons/, one => Object.assign(moveOf(one, 'pending', 'withdraw'), { needs: [] })],
    [
      /an interruption decides nothing/,
      one => Object.assign(one.states.find(({ code }) => code === 'withdrawn')!, { status: 'NotAVictimOfTrafficking' }),
    ],
    [
      /only a decision says whether somebody is a victim/,
      one => Object.assign(moveOf(one, 'reasonable-grounds', 'end-recovery'), { to: 'conclusive-grounds' }),
    ],
    [/must say of which stage/, one => Object.assign(one.moves[0]!, { stage: null })],
    [
      /must be null: it decides nothing/,
      one => Object.assign(moveOf(one, 'reasonable-grounds', 'end-recovery'), { stage: 'reasonable-grounds' }),
    ],
    [
      /notices\[0\]\.state: is no state/,
      one => (one.states = one.states.filter(({ code }) => code !== one.notices[0]!.state)),
    ],
  ]
  for (const [sentence, change] of changes) assert.match(toldOf(change), sentence)
})

test('from every state of the default there is a way on, and only people of the unit take it', () => {
  for (const { code, pauses } of defaultProcedure.states) {
    const out = movesFrom(defaultProcedure, code)
    assert.ok(code === 'conclusive-grounds' || out.length > 0, code)
    if (pauses) assert.ok(out.every(({ to }) => to === 'where-it-was'))
  }
})
