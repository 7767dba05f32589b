import type { In } from '#platform/contract/operation.ts'
import { start } from '#staff/form/engine.ts'
import { type FinishedHere, type Kept, referenceHere } from '#staff/phone/kept.ts'
import { type Coded, codedIn } from '../coded.ts'
import { type Screening, screening } from '../contract.ts'
import type { Filled, Used } from '../contract-filled.ts'
import { metCodes, readRules, rulesToUse, talksFurther } from '../rules-reading.ts'
import { wordsOf } from '../words-of.ts'

type Recorded = In<(typeof screening.record)['body']>

/** A screening as the server will show it to whoever recorded it, worked out on the phone before it has arrived. */
export async function shownHere({ body, madeAt }: FinishedHere<Recorded>, kept: Kept): Promise<Screening> {
  const [card, shortScreen] = await Promise.all([readHere(kept, body.card), readHere(kept, body.shortScreen)])
  return {
    id: body.id,
    case: body.case,
    // The server gives the reference; until then its last characters tell two apart.
    reference: referenceHere(body.case),
    sector: body.sector ?? null,
    child: body.child !== 'no',
    danger: body.danger,
    talkFurther: talksFurther(shortScreen?.used.told?.readings ?? []),
    referred: false,
    saidAt: body.saidAt,
    card: card?.used ?? null,
    shortScreen: shortScreen?.used ?? null,
    language: body.language,
    interpreter: body.interpreter,
    placeSafe: body.placeSafe,
    worried: body.worried,
    signs: [...(card?.marked ?? [])],
    answers: (shortScreen?.choices ?? {}) as Screening['answers'],
    ...(body.story === undefined ? {} : { story: body.story }),
    by: kept.me.name,
    receivedAt: madeAt,
    writtenAt: body.paper?.writtenAt ?? null,
    ...(body.paper ? { writtenBy: body.paper.writtenBy } : {}),
    version: 1,
  }
}

/** The very version that was shown, as this phone keeps it; null where it does not. */
async function readHere(kept: Kept, filled: Filled | undefined): Promise<(Coded & { used: Used }) | null> {
  if (!filled) return null
  const { instrument, version } = filled
  const found = await kept.answer(screening.instrument, { params: { instrument }, query: { version } })
  if (!found) return null
  const declined = filled.declined ?? []
  const session = await start(found.form, { answers: filled.answers })
  const answers = session.answers()
  // A phone does not ask which rules a production server reads: those that any server does.
  const readings = readRules(rulesToUse(found.rules, { production: true }), answers, declined)
  const told = { answers, declined: [...declined], readings }
  const coded = codedIn(found.form, session.view(), declined)
  const findings = [...metCodes(readings)]
  return { ...coded, used: { instrument, version, findings, words: wordsOf([found], coded, told), told } }
}
