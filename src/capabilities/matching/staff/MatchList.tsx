import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePages } from '#staff/use-pages.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type MatchRow, matching } from '../contract.ts'
import { MatchStateTag, Strength } from './tags.tsx'

/** Questions that wait for somebody neutral. Nobody's name and no case is in it: those are read one by one. */
export default function MatchList() {
  const words = useWords()
  const { t } = words
  const [judged, setJudged] = useState('')
  const pages = usePages(matching.list, { judged: (judged || undefined) as 'yes' | undefined })
  return (
    <ListPage<MatchRow>
      {...pages}
      title={t('matching.list.title')}
      lead={t('matching.list.lead')}
      caption={t('matching.list.title')}
      filters={[
        {
          key: 'judged',
          label: t('matching.list.show'),
          value: judged,
          onChange: setJudged,
          all: t('matching.list.waiting'),
          options: [{ value: 'yes', label: t('matching.list.judged') }],
        },
      ]}
      empty={{ title: t('matching.list.empty'), text: t('matching.list.empty-text') }}
      rowId={row => row.id}
      link={(row, content) => (
        <Link to={'/matches/$match' as string} params={{ match: row.id } as never} className="row-link">
          {content}
        </Link>
      )}
      columns={[
        {
          key: 'why',
          title: t('matching.list.why'),
          cell: row => row.why.map(one => t(`matching.why.${one}`)).join(' · '),
        },
        { key: 'strength', title: t('matching.list.strength'), cell: row => <Strength strength={row.strength} /> },
        { key: 'found', title: t('matching.list.found'), cell: row => words.date(row.foundAt, 'short') },
        { key: 'state', title: t('matching.list.answer'), cell: row => <MatchStateTag state={row.state} /> },
      ]}
    />
  )
}
