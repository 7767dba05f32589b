import type { Identity } from '#capabilities/cases/contract.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import type { Letter } from '#platform/documents/letter.ts'
import { isSettable } from '#platform/documents/pdf.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import type { Words } from '#platform/words/words.ts'
import { personRows } from '../../person-rows.ts'
import type { ReferralRecord } from '../store.ts'

export interface OnPaper {
  readonly row: ReferralRecord
  /** Digits, as they are said. */
  readonly code: string
  readonly message: string | undefined
  readonly identity: Identity | undefined
  readonly shared: readonly Compartment[]
  readonly abroad: boolean
}

/** A referral as a letter to the organisation that is asked. */
export function sheetOf(words: Words, pack: CountryPack, about: OnPaper): Letter {
  const { t } = words
  const { row, identity, message } = about
  // A sheet with holes would be none: what the font does not have is asked for on the telephone.
  const set = (text: string): string => (isSettable(text) ? text : t('sheet.not-set'))
  const lines = (rows: readonly (readonly [string, string])[]) => rows.map(([term, value]) => set(`${term}: ${value}`))
  return {
    language: words.lang,
    title: t('sheet.title'),
    from: set(row.from_name),
    mark: pack.demonstration ? t('sheet.mark') : null,
    about: [
      t('sheet.to', { name: set(row.to_name) }),
      t('sheet.reference', { reference: row.reference ?? '' }),
      t('sheet.sent', { when: words.dateTime(row.sent_at) }),
    ],
    parts: [
      {
        title: t('sheet.asked'),
        lines: lines([
          [t('referral.field.kind'), t(`service.kind.${row.service}`)],
          [t('referral.field.urgency'), t(`urgency.${row.urgency}`)],
          ...(row.place ? [[t('referral.field.place'), t(`place.kind.${row.place}`)] as const] : []),
          [t('box.asked.due'), words.dateTime(row.due_at)],
        ]),
      },
      ...(message === undefined
        ? []
        : [{ title: t('referral.message'), lines: message.split('\n').filter(Boolean).map(set) }]),
      {
        title: t('referral.person'),
        lines: identity ? lines(personRows(identity, words)) : [t('referral.person-closed')],
      },
      {
        title: t('sheet.answer'),
        lines: [t('sheet.answer.how'), t('sheet.answer.code', { code: about.code }), t('sheet.answer.no')],
      },
      {
        title: t('sheet.keep'),
        lines: [t('sheet.keep.alone'), t('sheet.keep.end'), ...(about.abroad ? [t('sheet.keep.abroad')] : [])],
      },
    ],
    end: t('sheet.end'),
  }
}
