import type { Words } from '#platform/words/words.ts'
import type { Flaw } from './definition.ts'

/** A flaw as a sentence that says where it stands: `Sheet “survey”, row 4, column “type”: There is no type “txt”.` */
export function flawSentence({ t }: Pick<Words, 't'>, { code, sheet, row, column, detail = '' }: Flaw): string {
  const what = t(`forms.flaw.${code}`, { detail }).trim()
  if (sheet === undefined) return what
  const rest = { sheet, what }
  if (row !== undefined && column !== undefined)
    return t('forms.flaw.place.cell', { ...rest, row: String(row), column })
  if (row !== undefined) return t('forms.flaw.place.row', { ...rest, row: String(row) })
  return column === undefined ? t('forms.flaw.place.sheet', rest) : t('forms.flaw.place.column', { ...rest, column })
}
