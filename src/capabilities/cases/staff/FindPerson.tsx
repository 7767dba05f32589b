import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { DataTable } from '#ui/desk/DataTable.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../staff/api.ts'
import { cases } from '../contract.ts'
import { IdentificationTag } from './tags.tsx'

/** Finds a person among the cases that the reader may open. Searching is an act of its own: it is recorded. */
export default function FindPerson() {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const found = useAsk(cases.search, { query: { words: asked } }, { enabled: asked !== '' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(typed.trim().normalize('NFC'))
  }
  const items = found.data?.items ?? []
  return (
    <div className="stack">
      <PageHeader title={t('case.search.title')}>{t('case.search.lead')}</PageHeader>
      <form onSubmit={submit} className="stack-close">
        <search className="stack-close">
          <TextField
            name="words"
            label={t('case.search.label')}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            width="medium"
          />
          <div className="actions">
            <Button type="submit" busy={found.isFetching}>
              {t('case.search.button')}
            </Button>
          </div>
        </search>
      </form>
      {asked !== '' && found.isPending && <Loading lines={3} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && items.length === 0 && (
        <EmptyState title={t('case.search.none')}>{t('case.search.none-hint')}</EmptyState>
      )}
      {items.length > 0 && (
        <DataTable
          caption={t('case.search.results')}
          rows={items}
          rowId={row => row.id}
          link={(row, content) => (
            <Link to="/cases/$case" params={{ case: row.id }} className="row-link">
              {content}
            </Link>
          )}
          columns={[
            { key: 'name', title: t('case.field.name'), cell: row => row.name || t('case.name-unknown') },
            { key: 'reference', title: t('case.field.reference'), cell: row => row.reference },
            {
              key: 'identification',
              title: t('case.field.identification'),
              cell: row => <IdentificationTag identification={row.identification} />,
            },
          ]}
        />
      )}
      {found.data?.more && <p>{t('case.search.more')}</p>}
    </div>
  )
}
