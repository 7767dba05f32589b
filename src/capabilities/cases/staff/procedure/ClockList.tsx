import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { clockCodes } from '#platform/country/vocabulary.ts'
import { Clock } from '#ui/Clock.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { usePages } from '../../../../staff/use-pages.ts'
import { type ClockRow, cases, clockFilters } from '../../contract.ts'

/** Every clock of the unit that has not stopped, the next to run out first. */
export default function ClockList() {
  const words = useWords()
  const { t } = words
  const { state: asked = '' } = useSearch({ strict: false }) as { state?: string }
  const [state, setState] = useState<string>(clockFilters.find(one => one === asked) ?? '')
  const [kind, setKind] = useState('')
  const [typed, setTyped] = useState('')
  const reference = typed.replace(/[^\d-]/g, '').slice(0, 11)
  const pages = usePages(cases.clocks, {
    state: state || undefined,
    kind: kind || undefined,
    reference: reference || undefined,
  })
  return (
    <ListPage<ClockRow>
      {...pages}
      title={t('procedure.clocks.title')}
      lead={t('procedure.clocks.lead')}
      caption={t('procedure.clocks.caption')}
      search={{ value: typed, onChange: setTyped, label: t('procedure.clocks.search') }}
      filters={[
        {
          key: 'state',
          label: t('procedure.clocks.state'),
          value: state,
          onChange: setState,
          all: t('procedure.clocks.not-paused'),
          options: clockFilters.map(value => ({ value, label: t(`procedure.clocks.state.${value}`) })),
        },
        {
          key: 'kind',
          label: t('procedure.clocks.kind'),
          value: kind,
          onChange: setKind,
          options: clockCodes
            .filter(code => !['immediate-danger', 'referral-acknowledgement', 'referral-stale'].includes(code))
            .map(value => ({ value, label: t(`case.clock.${value}`) })),
        },
      ]}
      empty={{ title: t('procedure.clocks.empty'), text: t('procedure.clocks.empty-text') }}
      rowId={row => row.id}
      link={(row, content) => (
        <Link to="/cases/$case" params={{ case: row.case }} search={{ tab: 'decision' } as never} className="row-link">
          {content}
        </Link>
      )}
      columns={[
        { key: 'reference', title: t('case.field.reference'), cell: row => row.reference },
        { key: 'kind', title: t('procedure.clocks.kind'), cell: row => t(`case.clock.${row.kind}`) },
        {
          key: 'due',
          title: t('procedure.clocks.state'),
          cell: row => <Clock due={row.dueAt} warnAt={row.warnAt} paused={row.pausedAt !== null} />,
        },
        {
          key: 'until',
          title: t('procedure.clocks.until'),
          wideOnly: true,
          cell: row => (row.pauseReason ? t(`case.pause.${row.pauseReason}`) : words.dateTime(row.dueAt)),
        },
        {
          key: 'coordinator',
          title: t('case.field.coordinator'),
          wideOnly: true,
          cell: row => row.coordinator ?? t('case.field.none'),
        },
      ]}
    />
  )
}
