import type { Answer } from '#platform/contract/client.ts'
import { flawSentence } from '#platform/forms/flaw-words.ts'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { screening } from '../../contract.ts'

type Flaw = Answer<typeof screening.checkSheet>['flaws'][number]

/** What is wrong with a spreadsheet, and the cell where it stands. */
export function SheetFlaws({ caption, flaws }: { caption: string; flaws: readonly Flaw[] }) {
  const words = useWords()
  const { t } = words
  // The place has columns of its own here; the sentence says the rest.
  const sentence = ({ code, detail, sentence: whole }: Flaw) =>
    words.has(`forms.flaw.${code}`) ? flawSentence(words, detail === undefined ? { code } : { code, detail }) : whole
  return (
    <DataTable
      caption={caption}
      rows={flaws.map((flaw, place) => ({ ...flaw, place }))}
      rowId={row => String(row.place)}
      columns={[
        { key: 'sheet', title: t('screening.sheet.sheet'), cell: row => row.sheet ?? '–' },
        { key: 'row', title: t('screening.sheet.row'), cell: row => row.row ?? '–' },
        { key: 'column', title: t('screening.sheet.column'), cell: row => row.column ?? '–' },
        { key: 'what', title: t('screening.sheet.what'), cell: sentence },
      ]}
    />
  )
}
