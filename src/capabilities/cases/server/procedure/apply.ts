import { procedureOf } from '#platform/country/default-procedure.ts'
import {
  findState,
  type IdentificationState,
  type Procedure,
  type ProcedureMove,
  targetOf,
  whereItWas,
} from '#platform/country/procedure.ts'
import type { Tx } from '#platform/db/context.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { Identification } from '../../contract.ts'
import { findProcedureMove } from '../../flow.ts'
import type { CaseFacts } from '../../policy.ts'
import { changeFolder, type FolderRow } from '../store.ts'
import { pauseAll, resumeAll, showDue, startClocks, stopClocks } from './clock-work.ts'

export const procedureFor = (services: Services, actor: Actor): Procedure =>
  procedureOf(services.packs.get(actor.country))

/** The country's move of this code, for this person where the case stands. @throws Problem not-now where there is none */
export function requireProcedureMove(
  services: Services,
  actor: Actor,
  { folder }: CaseFacts,
  code: ProcedureMove['code'],
): ProcedureMove {
  const { status, identification } = folder
  const move = findProcedureMove(procedureFor(services, actor), status, identification, actor.role, code)
  if (!move) throw new Problem('not-now')
  return move
}

interface Applied {
  readonly tx: Tx
  readonly actor: Actor
  readonly services: Services
  readonly row: FolderRow
  readonly move: ProcedureMove
  /** The version it was made on. */
  readonly version: number
  /** When it happened: clocks count from there. */
  readonly at: Date
  readonly now: Date
}
/**
 * Makes a move of the country's procedure: where the case stands, and its clocks.
 * @returns where it stands now
 * @throws Problem version-stale when it has moved on
 */
export async function applyMove({
  tx,
  actor,
  services,
  row,
  move,
  version,
  at,
  now,
}: Applied): Promise<Identification> {
  const pack = services.packs.get(actor.country)!
  const from = row.identification as IdentificationState
  const to = targetOf(move, row.identification_before as IdentificationState | null)
  if (!to) throw new Problem('not-now')
  const interrupts = findState(procedureFor(services, actor), to)?.pauses === true
  requireFresh(
    await changeFolder(tx, row.id, version, { identification: to, identification_before: interrupts ? from : null }),
  )
  await stopClocks(tx, row.id, move.stops, at, actor.user)
  if (interrupts) await pauseAll(tx, row.id, to, at, actor.user)
  if (move.to === whereItWas) await resumeAll(tx, pack, row.id, from, at, actor.user, now)
  await startClocks(tx, pack, row.id, move.starts, at)
  await showDue(tx, row.id)
  return to
}
