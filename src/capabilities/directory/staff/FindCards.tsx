import type { ReactNode } from 'react'
import type { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useNarrow } from '#ui/use-narrow.ts'
import { useWords } from '#ui/words-context.tsx'
import './directory.css'

interface Filter {
  readonly name: string
  readonly label: string
  /** What it is called that nothing is chosen; without it: all. */
  readonly all?: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/**
 * A list to look through on a phone: a search, filters, how many there are, a card each. Where it is narrow the filters wait
 * behind a line that says how many are set, so that the first card is seen at once.
 */
export function FindCards<Row extends { readonly id: string }, Asked extends Readonly<Record<string, string>>>({
  title,
  lead,
  search,
  filters,
  more,
  asked,
  onAsk,
  nothing,
  found,
  counted,
  none,
  card,
}: {
  title: string
  lead: string
  search: string
  filters: readonly Filter[]
  /** One more thing to ask for, below the filters. */
  more?: ReactNode
  /** What is asked by the name of each field, `search` among them. */
  asked: Asked
  onAsk: (asked: Asked) => void
  /** Asks for everything. */
  nothing: Asked
  found: Pick<ReturnType<typeof usePages>, 'status' | 'error' | 'onRetry' | 'onMore' | 'loadingMore'> & {
    readonly rows: readonly Row[]
  }
  /** Keys of how many there are: of all, and of the first ones. */
  counted: readonly [string, string]
  none: { readonly title: string; readonly text?: string }
  card: (row: Row) => ReactNode
}) {
  const { t } = useWords()
  const narrow = useNarrow()
  const { rows, status, error, onRetry, onMore, loadingMore } = found
  const set = Object.entries(asked).filter(([name, value]) => name !== 'search' && value !== '').length
  const fields = (
    <>
      {filters.map(({ name, label, all, options }) => (
        <SelectField
          key={name}
          name={name}
          label={label}
          placeholder={all ?? t('directory.all')}
          options={options}
          value={asked[name] ?? ''}
          onChange={event => onAsk({ ...asked, [name]: event.target.value })}
        />
      ))}
      {more}
    </>
  )
  return (
    <>
      <PageHeader title={title}>{lead}</PageHeader>
      <search className="directory-tools">
        <TextField
          name="search"
          label={search}
          type="search"
          autoComplete="off"
          value={asked.search ?? ''}
          onChange={event => onAsk({ ...asked, search: event.target.value })}
        />
        {narrow ? (
          <details className="directory-filters">
            <summary>{t('directory.filters', { count: set })}</summary>
            <div className="directory-tools">{fields}</div>
          </details>
        ) : (
          fields
        )}
      </search>
      <p role="status" className="directory-count">
        {status === 'ready' && t(counted[onMore ? 1 : 0], { count: rows.length })}
      </p>
      {status === 'loading' && <Loading lines={6} />}
      {status === 'error' && <Problem error={error} onRetry={() => void onRetry()} />}
      {status === 'ready' && rows.length === 0 && (
        <EmptyState
          title={none.title}
          action={
            <Button variant="secondary" onClick={() => onAsk(nothing)}>
              {t('directory.clear')}
            </Button>
          }
        >
          {none.text}
        </EmptyState>
      )}
      <div className="record-page">{status === 'ready' && rows.map(card)}</div>
      {onMore && (
        <div className="more">
          <Button variant="secondary" wide busy={loadingMore} onClick={onMore}>
            {t('directory.more')}
          </Button>
        </div>
      )}
    </>
  )
}
