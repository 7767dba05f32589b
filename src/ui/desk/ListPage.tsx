import { type ReactNode, useEffect, useId, useRef } from 'react'
import { mostCounted } from '#platform/contract/shapes.ts'
import { Button } from '../Button.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Icon } from '../Icon.tsx'
import { Loading } from '../Loading.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { Problem } from '../Problem.tsx'
import { useWords } from '../words-context.tsx'
import './desk.css'
import { DataTable, type DataTableProps, moveRow } from './DataTable.tsx'

export interface ListFilter {
  key: string
  label: string
  /** The chosen option; the empty text is all. */
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
  /** What the first option is called where it is not "all". */
  all?: string
}

export interface ListPageProps<Row> extends DataTableProps<Row> {
  title: string
  /** One sentence about what is listed. */
  lead?: ReactNode
  actions?: ReactNode
  /** Leave out where nothing can be searched. */
  search?: { value: string; onChange: (value: string) => void; label?: string }
  filters?: readonly ListFilter[]
  /** `loading` before the first answer, `error` when it did not come; `ready` after. */
  status: 'loading' | 'error' | 'ready'
  error?: unknown
  onRetry?: () => void
  /** Fetches the next page; leave out on the last. */
  onMore?: (() => void) | undefined
  loadingMore?: boolean
  /** How many there are altogether, where the server says so: one more than `mostCounted` is "more than that". */
  total?: number | undefined
  /** Shown when there is nothing and nothing was asked. */
  empty?: { title: string; text?: ReactNode; action?: ReactNode }
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, dialog, [contenteditable], [role="menu"]') !== null

/** A list with everything a list needs: search, filters, count, paging, and what to show when there is nothing. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const {
    title,
    lead,
    actions,
    search,
    filters = [],
    status,
    error,
    onRetry,
    onMore,
    loadingMore,
    total,
    empty,
  } = props
  const { t } = useWords()
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const asked = Boolean(search?.value) || filters.some(filter => filter.value)

  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (event.key === '/' && box.current) {
        event.preventDefault()
        box.current.focus()
        box.current.select()
      } else if (event.key === 'j') moveRow(list.current, 1)
      else if (event.key === 'k') moveRow(list.current, -1)
    }
    document.addEventListener('keydown', keys)
    return () => document.removeEventListener('keydown', keys)
  }, [])

  const clear = () => {
    search?.onChange('')
    for (const filter of filters) filter.onChange('')
  }
  const clearButton = (
    <Button variant="quiet" compact onClick={clear}>
      {t('ui.list.clear')}
    </Button>
  )
  const count = props.rows.length
  const counted =
    onMore && count > 0
      ? total === undefined
        ? t('ui.list.count-more', { count })
        : total > mostCounted
          ? t('ui.list.count-over', { count, total: mostCounted })
          : t('ui.list.count-of', { count, total })
      : t('ui.list.count', { count })

  return (
    <div className="list-page">
      <PageHeader title={title} actions={actions}>
        {lead}
      </PageHeader>
      {(search || filters.length > 0) && (
        <search className="list-tools" aria-label={t('ui.list.filters')}>
          {search && (
            <div className="list-search">
              <label className="list-label" htmlFor={`${id}search`}>
                {search.label ?? t('ui.list.search')}
              </label>
              <div className="list-search-box">
                <Icon name="search" />
                <input
                  id={`${id}search`}
                  ref={box}
                  type="search"
                  className="input"
                  placeholder=" "
                  autoComplete="off"
                  spellCheck={false}
                  aria-keyshortcuts="/"
                  value={search.value}
                  onChange={event => search.onChange(event.target.value)}
                />
                <span className="list-key" aria-hidden="true">
                  /
                </span>
              </div>
            </div>
          )}
          {filters.map(filter => (
            <div key={filter.key} className="list-filter">
              <label className="list-label" htmlFor={`${id}${filter.key}`}>
                {filter.label}
              </label>
              <select
                id={`${id}${filter.key}`}
                className="input input-select"
                value={filter.value}
                onChange={event => filter.onChange(event.target.value)}
              >
                <option value="">{filter.all ?? t('ui.list.filter-all')}</option>
                {filter.options.map(option => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </search>
      )}
      <div className="list-status">
        <p role="status">{status === 'ready' && counted}</p>
        {asked && count > 0 && clearButton}
      </div>
      <div ref={list} className="list-rows">
        {status === 'loading' && <Loading lines={8} />}
        {status === 'error' && <Problem error={error} onRetry={onRetry} />}
        {status === 'ready' && props.rows.length > 0 && <DataTable {...props} />}
        {status === 'ready' && props.rows.length === 0 && asked && (
          <EmptyState title={t('ui.list.none')} action={clearButton}>
            {t('ui.list.none-hint')}
          </EmptyState>
        )}
        {status === 'ready' && props.rows.length === 0 && !asked && (
          <EmptyState title={empty?.title ?? t('ui.list.empty')} action={empty?.action}>
            {empty?.text}
          </EmptyState>
        )}
      </div>
      {status === 'ready' && onMore && props.rows.length > 0 && (
        <div className="list-more">
          <Button variant="secondary" busy={loadingMore} onClick={onMore}>
            {t('ui.list.more')}
          </Button>
        </div>
      )}
      {status === 'ready' && props.rows.length > 0 && props.link && (
        <p className="list-keys">{t(search ? 'ui.list.keys' : 'ui.list.keys-rows')}</p>
      )}
    </div>
  )
}
