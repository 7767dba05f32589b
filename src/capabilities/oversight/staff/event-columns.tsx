import type { Words } from '#platform/words/words.ts'
import type { Column } from '#ui/desk/DataTable.tsx'
import { type ConsoleEvent, eventOf } from '../contract.ts'

/** What happened, in plain words: who, when, in which case. */
export const eventColumns = (words: Words, ofCase = false): Column<ConsoleEvent>[] => {
  const { t } = words
  return [
    { key: 'at', title: t('oversight.when'), cell: row => words.dateTime(row.at) },
    {
      key: 'event',
      title: t('oversight.what'),
      cell: row => (
        <>
          {t(eventOf(row.event))}
          {row.outcome === 'refused' && <> ({t('oversight.refused')})</>}
          {row.count !== null && <> · {t('oversight.count', { count: row.count })}</>}
        </>
      ),
    },
    {
      key: 'who',
      title: t('oversight.who'),
      cell: row => [row.name, row.organisation].filter(Boolean).join(', ') || t('oversight.nobody'),
    },
    ...(ofCase
      ? []
      : [
          {
            key: 'reference',
            title: t('oversight.reference'),
            cell: (row: ConsoleEvent) => [row.reference, ...row.also].filter(Boolean).join(', ') || '–',
          },
        ]),
    {
      key: 'compartments',
      title: t('oversight.parts'),
      wideOnly: true,
      cell: row => row.compartments.map(one => t(`oversight.part.${one}`)).join(', ') || '–',
    },
  ]
}
