import { procedureOf } from '#platform/country/default-procedure.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import type { DataKey } from '#platform/crypto/keys.ts'
import type { Actor } from '#platform/policy/decide.ts'
import type { Case } from '../../contract.ts'
import { nextDecision, procedureMovesOf } from '../../flow.ts'
import { type CaseFacts, policy } from '../../policy.ts'
import { firstState, statesAfter, tracks } from '../../tracks.ts'
import { openAt } from '../sealed.ts'
import { extendable, pauseReasons, unitOf } from './clock-work.ts'
import type * as store from './store.ts'

type Rows<F extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<F>>
type DecisionRows = Rows<typeof store.listDecisions>
type Shown = NonNullable<Case['decisions']>[number]
type ShownStep = NonNullable<Case['steps']>[number]

/** Clocks as the screen draws them, with what the country allows to be done to each. */
export const clocksOf = (rows: Rows<typeof store.listClocks>, pack: CountryPack): Case['clocks'] =>
  rows.map(one => ({
    id: one.id,
    kind: one.kind,
    startsAt: one.starts_at.toISOString(),
    warnAt: one.warn_at.toISOString(),
    dueAt: one.due_at.toISOString(),
    stoppedAt: one.stopped_at?.toISOString() ?? null,
    unit: unitOf(pack, one) ?? null,
    pausedAt: one.paused_at?.toISOString() ?? null,
    pauseReason: one.paused_at ? one.reason : null,
    pauseReasons: [...pauseReasons(pack, one.kind)],
    extendable: extendable(pack, one.kind),
  }))

export const decisionsOf = (rows: DecisionRows, key: DataKey): Shown[] =>
  rows.map(one => {
    const told = one.sealed_grounds
      ? (JSON.parse(openAt(key, 'grounds', one.id, one.sealed_grounds)) as Pick<Shown, 'grounds' | 'evidence'>)
      : { evidence: [] }
    return {
      id: one.id,
      kind: one.kind as Shown['kind'],
      stage: one.stage as Shown['stage'],
      outcome: one.outcome as Shown['outcome'],
      elements: one.elements,
      reasons: openAt(key, 'reasons', one.id, one.sealed_reasons),
      ...(told.grounds ? { grounds: told.grounds } : {}),
      evidence: told.evidence,
      state: one.state as Shown['state'],
      by: one.by_account,
      byName: one.by_name ?? '',
      body: one.body,
      at: one.at.toISOString(),
      secondBy: one.second_by,
      secondName: one.second_name,
      secondAt: one.second_at?.toISOString() ?? null,
      version: one.version,
    }
  })

export const stepsOf = (rows: Rows<typeof store.listSteps>, key: DataKey): ShownStep[] =>
  rows.map(one => ({
    id: one.id,
    move: one.move as ShownStep['move'],
    from: one.from_state,
    to: one.to_state,
    happenedAt: one.happened_at.toISOString(),
    at: one.at.toISOString(),
    by: one.by_name ?? '',
    ...(JSON.parse(openAt(key, 'step', one.id, one.sealed_reasons)) as { reasons: string; lateReasons?: string }),
    about: one.about as Record<string, unknown>,
  }))

/** Every track, also where nothing was written down yet. */
export const tracksOf = (rows: Rows<typeof store.listTracks>): NonNullable<Case['tracks']> =>
  tracks.map(track => {
    const found = rows.find(one => one.track === track)
    const state = found?.state ?? firstState(track)
    return { track, state, at: found?.at.toISOString() ?? null, after: [...statesAfter(track, state)] }
  })

const decides = new Set(['decide-positive', 'decide-negative'])
const seconds = new Set(['confirm-positive', 'confirm-negative', 'return'])

/**
 * What this reader may do next in the procedure: the country's moves for their role, which the policy allows them. Who
 * decided before is offered no reconsideration, and nobody the second place beside themselves.
 */
export function procedureView(
  actor: Actor,
  facts: CaseFacts,
  pack: CountryPack,
  now: Date,
  rows: DecisionRows,
): { moves: string[]; next?: Case['next']; stages: Case['stages'] } {
  const procedure = procedureOf(pack)
  const { status, identification } = facts.folder
  const next = status === 'opened' ? nextDecision(procedure, identification) : undefined
  const stood = rows.filter(one => one.state === 'confirmed')
  const waiting = rows.find(one => one.state === 'proposed')
  const moves = new Set<string>()
  const allows = (rule: keyof typeof policy) =>
    (policy[rule] as (a: Actor, f: CaseFacts, n: Date) => { allow: boolean })(actor, facts, now).allow
  for (const { code } of procedureMovesOf(procedure, status, identification, actor.role)) {
    if (decides.has(code)) {
      const before = stood.some(one => one.by_account === actor.user || one.second_by === actor.user)
      if (allows('case.decide') && !(next?.kind === 'reconsideration' && before)) moves.add('decide')
    } else if (seconds.has(code)) {
      if (!waiting) continue
      const earlier = waiting.kind === 'reconsideration' ? stood.map(one => one.by_account) : []
      const decision = { by: waiting.by_account, state: waiting.state, earlier }
      if (policy['case.confirm'](actor, { ...facts, decision }).allow) moves.add('confirm')
    } else if (allows('case.move')) moves.add(code)
  }
  if (status === 'opened' && allows('case.pause-clock')) moves.add('clock')
  if (status === 'opened' && allows('case.change-track')) moves.add('track')
  if (allows('case.decision-notice') && stood.length > 0) moves.add('notice')
  const stages = procedure.stages.map(({ code }) => code)
  return { moves: [...moves], stages, ...(next ? { next } : {}) }
}
