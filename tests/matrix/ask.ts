/** Asks one mounted operation about one scene, by its own facts, its own rule and its own `decide`. */

import { fileURLToPath } from 'node:url'
import { readConfig } from '#platform/config/config.ts'
import { loadPacks } from '#platform/country/load.ts'
import { fenceOf } from '#platform/http/fence.ts'
import type { Binding } from '#platform/http/handle.ts'
import { bit, type Compartment, compartments } from '#platform/policy/compartments.ts'
import { type Actor, type Decision, Denied, decide } from '#platform/policy/decide.ts'
import { type Purpose, purposesOf, type Role } from '#platform/policy/roles.ts'
import { Problem } from '#platform/problem/problem.ts'
import { allBindings } from '../../src/bindings.ts'
import { connectionTo, type Scene } from './database.ts'
import type { Entry } from './operations.ts'
import { BODY, CASE, CONSENT, GLASS, LEAD, ME, NOW, ORDER, RECORD, REFERRAL, THIRD, UNIT } from './rows.ts'

/** Every operation that is mounted, by its id. */
export const MOUNTED: ReadonlyMap<string, Binding> = new Map(
  allBindings(readConfig({}, 'demonstration')).map(one => [one.operation.id, one]),
)
const packs = await loadPacks(fileURLToPath(new URL('../../countries', import.meta.url)))
const services = { packs, now: () => NOW }

export const actorOf = (role: Role, purpose: Purpose): Actor => ({
  user: ME,
  assignment: RECORD,
  role,
  organisation: BODY,
  country: 'XSA',
  purpose,
  strength: 2,
  provenAt: NOW,
  session: RECORD,
})
export const fenceFor = (role: Role): Scene['fence'] => ({ ...fenceOf(actorOf(role, purposesOf[role][0])), role })

const places: Readonly<Record<string, string>> = { unit: UNIT, third: THIRD }
const said = 'what happened, in more than twenty characters'
const inputOf = (scene: Scene, body: Record<string, unknown>, column: string): unknown => ({
  params: {
    ...Object.fromEntries(
      'screening interview closure decision erasure assignment recovery clock'.split(' ').map(one => [one, RECORD]),
    ),
    case: CASE,
    referral: REFERRAL,
    round: REFERRAL,
    glass: GLASS,
    order: ORDER,
    interest: ORDER,
    handed: ORDER,
    lead: LEAD,
    account: scene.about,
  },
  body: {
    ...{ id: RECORD, case: CASE, consent: CONSENT, reference: '00000-00000', text: said, organisation: BODY },
    ...{ urgency: 'routine', kind: 'service', instrument: 'short-screen', version: '2' },
    ...body,
    ...(typeof body.to === 'string' ? { to: places[body.to] } : {}),
    ...(Array.isArray(body.to)
      ? { to: body.to.map((one, at) => ({ id: at ? CASE : RECORD, organisation: places[one] })) }
      : {}),
    ...(body.share ? { share: [(compartments as readonly string[]).includes(column) ? column : 'ID'] } : {}),
  },
  query: {},
  version: 1,
})

/** What was decided: the compartments that are released, those of the ceiling alone where no order names them. */
export interface Outcome {
  readonly opens: (one: Compartment) => boolean
  /** The same before row-level security: what may be written. */
  readonly covers: (one: Compartment) => boolean
}

async function decided(binding: Binding, actor: Actor, scene: Scene, input: unknown, runs: boolean): Promise<Decision> {
  const { handler, operation, rule } = binding
  const tx = connectionTo(scene)
  const asked = { read: tx, input, actor, services, now: NOW }
  const facts = handler.facts ? await handler.facts(asked as never) : {}
  const cases = handler.caseOf ? handler.caseOf(facts, input as never) : 'fenced'
  const decision = decide(rule, operation.purpose, actor, facts, cases, NOW)
  if (runs) await handler.run({ ...asked, tx, facts, decision, note: () => {}, key: () => ({}) } as never)
  return decision
}

/** What an operation answers to a scene; undefined where it refuses, whatever purpose was declared. */
export async function ask(id: string, entry: Entry, scene: Scene, column: string): Promise<Outcome | undefined> {
  const binding = MOUNTED.get(id)
  if (!binding) throw new Error(`${id} is not mounted`)
  const { role, compartments: ceiling } = scene.fence
  for (const purpose of purposesOf[role])
    for (const body of entry.bodies ?? [{}])
      try {
        const input = inputOf(scene, body, column)
        const decision = await decided(binding, actorOf(role, purpose), scene, input, entry.runs === true)
        // An order is above the ceiling; broken glass is not (policy.show_glimpses).
        const ordered = scene.glimpses.reduce(
          (mask, one) => (one.basis === 'order' ? mask | one.compartments : mask),
          0,
        )
        return {
          opens: one => (decision.mask & (ceiling | ordered) & bit[one]) !== 0,
          covers: one => (decision.mask & bit[one]) !== 0,
        }
      } catch (error) {
        if (!(error instanceof Denied || error instanceof Problem)) throw error
      }
  return undefined
}
