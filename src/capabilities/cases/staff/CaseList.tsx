import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Clock } from '#ui/Clock.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../../../staff/session.ts'
import { usePages } from '../../../staff/use-pages.ts'
import { type CaseRow, caseStatuses, cases, identifications, urgencies } from '../contract.ts'
import { MyConflicts } from './identity/Waiting.tsx'
import { IdentificationTag, UrgencyTag } from './tags.tsx'

/** The cases of the unit, coded; a coordinator starts with their own. */
export default function CaseList() {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const [status, setStatus] = useState('')
  const [identification, setIdentification] = useState('')
  const [urgency, setUrgency] = useState('')
  const [mine, setMine] = useState(role === 'coordinator' ? 'yes' : '')
  const pages = usePages(cases.list, {
    status: status || undefined,
    identification: identification || undefined,
    urgency: urgency || undefined,
    mine: mine || undefined,
  })
  const options = (values: readonly string[], prefix: string) =>
    values.map(value => ({ value, label: t(`${prefix}.${value}`) }))
  return (
    <div className="stack">
      {role !== 'decision-maker' && <MyConflicts />}
      <ListPage<CaseRow>
        {...pages}
        title={t('case.list.title')}
        lead={t('case.list.lead')}
        caption={t('case.list.caption')}
        actions={
          <>
            <Link to="/cases/find" className="button button-secondary">
              {t('case.search.title')}
            </Link>
            {role !== 'decision-maker' && (
              <a href="/api/cases/export.csv" download="cases.csv" className="button button-quiet">
                {t('case.export')}
              </a>
            )}
          </>
        }
        filters={[
          {
            key: 'mine',
            label: t('case.list.mine'),
            value: mine,
            onChange: setMine,
            options: [{ value: 'yes', label: t('case.list.mine-option') }],
          },
          {
            key: 'status',
            label: t('case.field.status'),
            value: status,
            onChange: setStatus,
            options: options(caseStatuses, 'case.status'),
          },
          {
            key: 'identification',
            label: t('case.field.identification'),
            value: identification,
            onChange: setIdentification,
            options: options(identifications, 'case.identification'),
          },
          {
            key: 'urgency',
            label: t('case.field.urgency'),
            value: urgency,
            onChange: setUrgency,
            options: options(urgencies, 'urgency'),
          },
        ]}
        empty={{ title: t('case.list.empty'), text: t('case.list.empty-text') }}
        rowId={row => row.id}
        link={(row, content) => (
          <Link to="/cases/$case" params={{ case: row.id }} className="row-link">
            {content}
          </Link>
        )}
        columns={[
          { key: 'reference', title: t('case.field.reference'), cell: row => row.reference },
          { key: 'urgency', title: t('case.field.urgency'), cell: row => <UrgencyTag urgency={row.urgency} /> },
          {
            key: 'identification',
            title: t('case.field.identification'),
            cell: row => <IdentificationTag identification={row.identification} />,
          },
          { key: 'due', title: t('case.field.due'), cell: row => (row.dueAt ? <Clock due={row.dueAt} /> : '–') },
          {
            key: 'sector',
            title: t('case.field.sector'),
            wideOnly: true,
            cell: row => (row.sector ? t(`sector.${row.sector}`) : '–'),
          },
          { key: 'made', title: t('case.field.made'), wideOnly: true, cell: row => words.date(row.madeAt, 'short') },
        ]}
      />
    </div>
  )
}
