import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'
import type { IndicatorReading, Screening } from '../contract.ts'
import { getProfile, type IndicatorProfileCode } from '../indicators.ts'
import * as store from './store.ts'
import { openStory } from './story.ts'

interface Viewing {
  readonly read: Read
  readonly decision: Decision
  readonly key: (caseId: string, slot: number, compartment: Compartment) => DataKey
}

/** A screening as the decision lets this reader see it: without compartment SVC the story is absent. */
export async function viewOf({ read, decision, key }: Viewing, row: store.ScreeningRecord): Promise<Screening> {
  const indicators = await store.latestIndicators(read, row.id)
  const told =
    row.sealed_story && decision.permits(row.case_id, 'SVC')
      ? { story: openStory(key(row.case_id, row.key_slot, 'SVC'), row.id, row.sealed_story) }
      : {}
  return {
    ...store.toRow(row),
    instrument: row.instrument,
    language: row.language,
    interpreter: row.interpreter as Screening['interpreter'],
    placeSafe: row.place_safe,
    worried: row.worried,
    signs: row.signs,
    answers: row.answers as Screening['answers'],
    ...told,
    by: row.name ?? '',
    receivedAt: row.received_at.toISOString(),
    ...(indicators ? { indicators: indicatorView(indicators, indicators.name ?? '') } : {}),
    version: row.version,
  }
}

interface Completed {
  id: string
  profile: string
  answers: unknown
  reading: string
  at: Date
}
/** The empty reading stands for a profile that refused. */
export const indicatorView = (row: Completed, by: string): IndicatorReading => ({
  id: row.id,
  profile: row.profile as IndicatorProfileCode,
  answers: row.answers as IndicatorReading['answers'],
  reading: row.reading === '' ? null : (row.reading as IndicatorReading['reading']),
  weightsSignedOff: getProfile(row.profile as IndicatorProfileCode).signedOff !== null,
  by,
  at: row.at.toISOString(),
})
