import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { languageName } from '#platform/country/names.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { sectors, statuses } from '../../about.ts'
import { screening } from '../../contract.ts'
import type { InstrumentRow } from '../../contract-instruments.ts'
import { layers } from '../../instrument.ts'
import { mayEdit } from './may-edit.ts'
import { StateTag, ValidityTag } from './tags.tsx'
import './instruments.css'

/** Cards, short screens and interviews: every version for those who edit, what is in use for those who ask. */
export default function InstrumentList() {
  const words = useWords()
  const { t, lang } = words
  const { role } = useSession()
  const [search, setSearch] = useState('')
  const [layer, setLayer] = useState('')
  const [sector, setSector] = useState('')
  const [state, setState] = useState('')
  const found = useAsk(screening.instruments, {})
  const title = (row: InstrumentRow) => inLanguage(row.title, lang, 'en') ?? row.code
  const wanted = search.trim().toLocaleLowerCase(lang)
  const rows = (found.data?.items ?? []).filter(
    row =>
      (!layer || row.layer === layer) &&
      (!sector || row.sector === sector || row.sector === 'any') &&
      (!state || row.status === state) &&
      `${title(row)} ${row.code} ${row.source}`.toLocaleLowerCase(lang).includes(wanted),
  )
  const options = (values: readonly string[], prefix: string) =>
    values.map(value => ({ value, label: t(`${prefix}.${value}`) }))
  const edits = mayEdit(role)
  return (
    <ListPage<InstrumentRow>
      title={t('screening.instruments.title')}
      lead={t('screening.instruments.lead')}
      caption={t('screening.instruments.title')}
      status={found.isPending ? 'loading' : found.isError ? 'error' : 'ready'}
      error={found.error}
      onRetry={() => void found.refetch()}
      actions={
        edits && (
          <Link to="/instruments/new" className="button button-primary">
            {t('screening.instruments.new')}
          </Link>
        )
      }
      search={{ value: search, onChange: setSearch, label: t('screening.instruments.search') }}
      filters={[
        {
          key: 'layer',
          label: t('screening.instruments.layer'),
          value: layer,
          onChange: setLayer,
          options: options(layers, 'screening.instruments.layer'),
        },
        {
          key: 'sector',
          label: t('screening.instruments.sector'),
          value: sector,
          onChange: setSector,
          options: options(
            sectors.filter(one => one !== 'any'),
            'screening.instruments.sector',
          ),
        },
        ...(edits
          ? [
              {
                key: 'state',
                label: t('screening.instruments.state'),
                value: state,
                onChange: setState,
                options: options(statuses, 'screening.instruments.state'),
              },
            ]
          : []),
      ]}
      empty={{ title: t('screening.instruments.empty'), text: t('screening.instruments.empty-text') }}
      rows={rows}
      rowId={row => `${row.code} ${row.version}`}
      link={(row, content) => (
        <Link
          to="/instruments/$code/$version"
          params={{ code: row.code, version: row.version } as never}
          className="row-link"
        >
          {content}
        </Link>
      )}
      columns={[
        { key: 'title', title: t('screening.instruments.name'), cell: title },
        {
          key: 'layer',
          title: t('screening.instruments.layer'),
          cell: row => t(`screening.instruments.layer.${row.layer}`),
        },
        {
          key: 'sector',
          title: t('screening.instruments.sector'),
          cell: row => t(`screening.instruments.sector.${row.sector}`),
        },
        { key: 'version', title: t('screening.instruments.version'), cell: row => row.version },
        {
          key: 'languages',
          title: t('screening.instruments.languages'),
          cell: row => words.list(row.languages.map(one => languageName(one, lang))),
        },
        { key: 'state', title: t('screening.instruments.state'), cell: row => <StateTag row={row} /> },
        { key: 'validity', title: t('screening.instruments.validity'), cell: row => <ValidityTag row={row} /> },
        {
          key: 'source',
          title: t('screening.instruments.source'),
          wideOnly: true,
          cell: row => <span className="instrument-source">{row.source}</span>,
        },
      ]}
    />
  )
}
