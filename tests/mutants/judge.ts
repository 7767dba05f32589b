import assert from 'node:assert/strict'
import type { Compartment } from '../oracle/world.ts'
import { judgePlatform } from './judge-platform.ts'
import { type Load, type Module, now, type Rule } from './loaded.ts'
import { said } from './said.ts'
import { taskMoves } from './said-others.ts'
import { actorOf, factsOf, me, stands } from './stands.ts'

// Holds the loaded rules against what was said of them. Stops at the first difference.

const everybody = stands(20_261_122, 150)
const facts = new Map<string, readonly unknown[]>()
const opened = (list: readonly Compartment[] | undefined) =>
  list === undefined ? 'nothing may' : [...new Set(list)].sort().join(' ')

/** Every permission of one slice before everybody. */
function judgeRules(policy: Readonly<Record<string, Rule>>): void {
  for (const [permission, rule] of Object.entries(policy)) {
    const expected = said[permission]
    assert.ok(expected, `nothing is said of ${permission}`)
    const kind =
      /^screening\.(instrument|xform)$|^(matching|account|device|parcel|situation)\./.exec(permission)?.[0] ?? ''
    if (!facts.has(kind))
      facts.set(
        kind,
        everybody.map(one => factsOf(one, permission)),
      )
    const these = facts.get(kind)!
    for (const [at, one] of everybody.entries()) {
      const verdict = rule(actorOf(one), these[at], now)
      const got = opened(verdict.allow ? verdict.compartments : undefined)
      const should = opened(expected(one))
      if (got !== should) assert.fail(`${permission} for ${one.role}: ${got}, not ${should}`)
    }
  }
}

/** Rules that a slice keeps beside its table. */
function judgeBeside(file: string, module: Module): void {
  const slice = file.split('/').at(-2)
  if (slice === 'screening')
    for (const one of everybody)
      assert.equal(
        (module.edits as Rule)(actorOf(one), undefined, now),
        ['supervisor', 'administrator'].includes(one.role),
      )
  if (slice === 'consent')
    for (const one of everybody)
      for (const recipient of [actorOf(one).organisation, me]) {
        const own = recipient !== me && ['provider', 'shelter-manager'].includes(one.role)
        assert.equal((module.mayName as (...given: unknown[]) => boolean)(actorOf(one), recipient), !own)
      }
  if (slice === 'tasks')
    for (const one of everybody)
      assert.deepEqual(
        (module.movesOf as (...given: unknown[]) => string[])(actorOf(one), factsOf(one, 'tasks.give')),
        movesIn[one.state].filter(move => taskMoves[move]!(one)),
      )
  // The operator makes keyed hashes of who somebody is, and nothing else.
  if (slice === 'cases')
    for (const purpose of ['administration', 'identification', 'oversight', 'self']) {
      const verdict = (module.operatorIndexes as Rule)({ purpose }, undefined, now)
      assert.equal(
        opened(verdict.allow ? verdict.compartments : undefined),
        purpose === 'administration' ? 'ID' : 'nothing may',
      )
    }
  if (slice === 'visits') judgeOwn(module.ownPolicy as Record<string, Rule>)
  if (slice === 'referrals') judgeLink(module.linkPolicy as Record<string, Rule>)
}
const movesIn = {
  open: ['take', 'finish', 'drop', 'give'],
  taken: ['finish', 'drop', 'give'],
  done: ['undo'],
  'not-needed': [],
} as const

/** The person on a visit: their own case, all of what the page shows; a question only to somebody who can answer it. */
function judgeOwn(own: Readonly<Record<string, Rule>>): void {
  assert.deepEqual(Object.keys(own).sort(), ['ask', 'check', 'read', 'tell', 'untell', 'withdraw'])
  const visitor = { purpose: 'self', visit: me, case: me, country: 'XSA' }
  for (const mine of [true, false])
    for (const closed of [true, false])
      for (const coordinated of [true, false])
        for (const [what, rule] of Object.entries(own)) {
          const verdict = rule(visitor, { case: mine ? me : `not ${me}`, closed, coordinated }, now)
          const may = mine && (what !== 'ask' || (coordinated && !closed))
          const opens = ['read', 'ask', 'tell'].includes(what) ? 'STA SVC' : 'STA'
          assert.equal(opened(verdict.allow ? verdict.compartments : undefined), may ? opens : 'nothing may', what)
        }
}

/** Who holds the link of a referral: that one, and of it what it shares now and who it is about, never what was told. */
function judgeLink(link: Readonly<Record<string, Rule>>): void {
  assert.deepEqual(Object.keys(link).sort(), ['answer', 'read'])
  const holder = { purpose: 'assistance', visit: me, referral: me, country: 'XSA' }
  for (const mine of [true, false])
    for (const shared of [0, 1, 2, 64, 65, 127])
      for (const [what, rule] of Object.entries(link)) {
        const verdict = rule(holder, { referral: mine ? me : `not ${me}`, shared }, now)
        const reads = [...(shared & 1 ? ['ID'] : []), ...(shared & 64 ? ['STA'] : [])].join(' ')
        const opens = what === 'read' ? reads : 'STA'
        const wanted = mine ? opens : 'nothing may'
        assert.equal(opened(verdict.allow ? verdict.compartments : undefined), wanted, what)
      }
}

const needs: Readonly<Record<string, readonly string[]>> = {
  cases: ['cases', 'care', 'health', 'justice', 'oversight', 'referrals', 'visits'],
  referrals: ['referrals', 'visits'],
}
/** Everything that a change of this file could change; all of it without one. @throws at the first difference */
export async function judge(load: Load, files: readonly string[], file?: string): Promise<void> {
  const policy = files.find(one => one === file)
  if (!policy) await judgePlatform(load)
  const slices = needs[policy?.split('/')[2] ?? ''] ?? []
  for (const one of policy
    ? [policy, ...files.filter(each => each !== policy && slices.includes(each.split('/')[2]!))]
    : files) {
    const module = await load(one)
    judgeRules(module.policy as Record<string, Rule>)
    judgeBeside(one, module)
  }
}
