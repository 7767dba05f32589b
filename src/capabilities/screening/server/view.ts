import type { DataKey } from '#platform/crypto/keys.ts'
import type { Read } from '#platform/db/context.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Decision } from '#platform/policy/decide.ts'
import type { IndicatorReading, Screening } from '../contract.ts'
import type { Used } from '../contract-filled.ts'
import { getProfile, type IndicatorProfileCode } from '../indicators.ts'
import { metCodes, readRules } from '../rules-reading.ts'
import { questionsIn, wordsOf } from '../words-of.ts'
import { cardOf, firstShortScreen } from './before-versions.ts'
import { versionsFor } from './instruments/find.ts'
import * as store from './store.ts'
import { openStory, openTold, type Told, type ToldWith } from './told.ts'

interface Viewing {
  readonly read: Read
  readonly decision: Decision
  readonly key: (caseId: string, slot: number, compartment: Compartment) => DataKey
}

/** A screening as the decision lets this reader see it: without compartment SVC, codes and no story. */
export async function viewOf({ read, decision, key }: Viewing, row: store.ScreeningRecord): Promise<Screening> {
  const open = decision.permits(row.case_id, 'SVC') ? key(row.case_id, row.key_slot, 'SVC') : undefined
  const told: Told = open && row.sealed_told ? openTold(open, row.id, row.sealed_told) : {}
  const answers = row.answers as Screening['answers']
  const [indicators, card, shortScreen] = await Promise.all([
    store.latestIndicators(read, row.id),
    cardIn(read, row, told.card),
    shortScreenIn(read, row, answers, told.shortScreen),
  ])
  return {
    ...store.toRow(row),
    card,
    shortScreen,
    language: row.language,
    interpreter: row.interpreter as Screening['interpreter'],
    placeSafe: row.place_safe,
    worried: row.worried,
    signs: row.signs,
    answers,
    ...(open && row.sealed_story ? { story: openStory(open, row.id, row.sealed_story) } : {}),
    by: row.name ?? '',
    receivedAt: row.received_at.toISOString(),
    writtenAt: row.written_at?.toISOString() ?? null,
    ...(told.writtenBy ? { writtenBy: told.writtenBy } : {}),
    ...(indicators ? { indicators: indicatorView(indicators, indicators.name ?? '') } : {}),
    version: row.version,
  }
}

/** Signs marked on a card: its questions of several choices hold them. */
async function cardIn(read: Read, row: store.ScreeningRecord, told: ToldWith | undefined): Promise<Used | null> {
  const instrument = row.card ?? (row.instrument === null ? null : cardOf(row.instrument))
  // Without a version it was named in `instrument`, which since then names the questions where there was no card.
  if (instrument === null || (row.card === null && row.short_screen !== null)) return null
  const versions = await versionsFor(read, row.country, instrument, row.card_version)
  const several = [...questionsIn(versions[0].form.body)].filter(one => one.type === 'select-multiple')
  const marked = Object.fromEntries(several.map(({ name }) => [name, row.signs]))
  const findings = row.card ? row.card_findings : [...metCodes(readRules(versions[0].rules, marked))]
  const words = wordsOf(versions, marked, findings, told)
  return { instrument, version: row.card_version, findings, words, ...(told && { told: asTold(told) }) }
}

async function shortScreenIn(
  read: Read,
  row: store.ScreeningRecord,
  answers: Screening['answers'],
  told: ToldWith | undefined,
): Promise<Used | null> {
  if (row.short_screen) {
    const versions = await versionsFor(read, row.country, row.short_screen, row.short_screen_version)
    const words = wordsOf(versions, answers, row.short_screen_findings, told)
    const used = { instrument: row.short_screen, version: row.short_screen_version, words }
    return { ...used, findings: row.short_screen_findings, ...(told && { told: asTold(told) }) }
  }
  // As phones sent it that named no versions: how its rules read the answers follows from the codes, for any reader.
  if (Object.values(answers).every(answer => answer === 'not-asked')) return null
  const versions = await versionsFor(read, row.country, firstShortScreen, null)
  const readings = readRules(versions.at(-1)!.rules, answers)
  return {
    instrument: firstShortScreen,
    version: null,
    findings: [...metCodes(readings)],
    words: wordsOf(versions, answers, readings),
    told: { answers, declined: [], readings },
  }
}

const asTold = ({ answers, declined, readings }: ToldWith) => ({ answers, declined: [...declined], readings })

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
