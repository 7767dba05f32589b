import { addToTimeline, startGuardianClock, stopGuardianClock } from '#capabilities/cases/server/index.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { care } from '../../contract.ts'
import { determinedSteps } from '../../contract-closing.ts'
import { policy } from '../../policy.ts'
import { type Loaded, loaded, ofCase, requireOpen, wrong } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import type { GuardianText } from './read.ts'
import * as store from './store.ts'

function requireChild(facts: Loaded): void {
  requireOpen(facts)
  if (!facts.row.child) throw new Problem('not-now')
}

/**
 * What is best for the child, before a step is taken. Separation, return and a durable solution are determined by
 * several people, after the assessment; everything else is assessed.
 */
export const weighInterest = handle(care.weighInterest, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireChild(facts)
    const { id, kind, step, outcome, ...said } = body
    const determination = kind === 'determination'
    if (determination && !(determinedSteps as readonly string[]).includes(step)) throw wrong('kind', 'not-offered')
    if (determination !== (said.panel !== undefined)) throw wrong('panel', determination ? 'required' : 'not-offered')
    if (
      determination &&
      !(await store.listInterests(tx, params.case)).some(one => one.kind === 'assessment' && one.step === step)
    )
      throw wrong('kind', 'assess-first')
    await store.insertInterest(tx, {
      id,
      case_id: params.case,
      kind,
      step,
      outcome,
      sealed: boxOf(key, facts.row).seal('interest', id, said),
      by_account: actor.user,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, 'care.interest-weighed', { kind, step, outcome })
    return { id }
  },
})

const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Names the child's guardian, which stops the clock. Nobody under suspicion, now or before, is one. */
export const nameGuardian = handle(care.nameGuardian, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body }, now, ...context }) => {
    const facts = loaded(context.facts)
    requireChild(facts)
    const { id, relation, verified, suspected, ...said } = body
    const box = boxOf(key, facts.row)
    const before = await store.listGuardians(tx, params.case)
    if (before.some(one => one.ended_at === null)) throw new Problem('not-now')
    if (suspected) throw wrong('suspected', 'suspected-guardian')
    const excluded = before.filter(one => one.ended_why === 'suspected')
    if (excluded.some(one => sameName(box.open<GuardianText>('guardian', one.id, one.sealed).name, said.name)))
      throw wrong('name', 'suspected-guardian')
    await store.insertGuardian(tx, {
      id,
      case_id: params.case,
      relation,
      verified,
      sealed: box.seal('guardian', id, said),
      by_account: actor.user,
      at: now,
    })
    await stopGuardianClock(tx, actor, params.case, now)
    await addToTimeline(tx, actor, params.case, 'care.guardian-named', { relation, verified })
    return { id, version: 1 }
  },
})

/** Whoever was the guardian is it no longer: the time to name another one begins, unless the child came of age. */
export const endGuardian = handle(care.endGuardian, policy, {
  ...ofCase,
  run: async ({ tx, actor, services, input: { params, body, version }, now, ...context }) => {
    requireChild(loaded(context.facts))
    if (!(await store.listGuardians(tx, params.case)).some(one => one.id === params.guardian)) throw notFound()
    requireFresh(
      await store.endGuardian(tx, params.case, params.guardian, version, { at: now, by: actor.user, why: body.why }),
    )
    if (body.why !== 'of-age') await startGuardianClock(tx, actor, services, params.case, now)
    await addToTimeline(tx, actor, params.case, 'care.guardian-ended', { why: body.why })
    return { id: params.guardian, version: version + 1 }
  },
})
