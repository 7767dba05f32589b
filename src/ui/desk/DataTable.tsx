// biome-ignore-all lint/a11y/noRedundantRoles: as cards, the elements lose their display and in some browsers their meaning
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react'
import { classes } from '../classes.ts'
import { Icon } from '../Icon.tsx'
import { useWords } from '../words-context.tsx'
import './desk.css'

export interface Column<Row> {
  key: string
  title: string
  cell: (row: Row) => ReactNode
  /** Offered for sorting; the order itself is the server's. */
  sortable?: boolean
  align?: 'end'
  /** Left out of the cards that small screens show. */
  wideOnly?: boolean
}

export interface Sort {
  key: string
  direction: 'ascending' | 'descending'
}

export interface DataTableProps<Row> {
  /** What the table lists; read, not shown. */
  caption: string
  /** The first column names the row and carries its link. */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /**
   * Draws the link that opens a row around the first cell's content; give it `className="row-link"` so that the
   * whole row can be pressed.
   */
  link?: (row: Row, content: ReactNode) => ReactNode
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** The rows shown are the last ones known; newer are on their way. */
  busy?: boolean
}

const links = 'tbody a.row-link, tbody button.row-link'

/** Moves the focus to the next (1) or last (-1) row's link, from wherever it is. */
export function moveRow(table: ParentNode | null, step: 1 | -1): void {
  const all = [...(table?.querySelectorAll<HTMLElement>(links) ?? [])]
  const place = all.findIndex(link => link.closest('tr')?.contains(document.activeElement))
  all[place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)]?.focus()
}

/** A table that is one to everybody: sortable heads, a link a row, arrow keys; cards where it would not fit. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, link, sort, onSort, busy } = props
  const { t } = useWords()
  const table = useRef<HTMLTableElement>(null)
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined
    if (!step || !(event.target as Element).matches('.row-link')) return
    event.preventDefault()
    moveRow(table.current, step)
  }
  // A press anywhere in the row is a press on its link, unless something else in it was meant or text is selected.
  const pressRow = (event: MouseEvent<HTMLTableRowElement>) => {
    if ((event.target as Element).closest('a, button, input, select, label, summary')) return
    if (getSelection()?.toString()) return
    event.currentTarget.querySelector<HTMLElement>('.row-link')?.click()
  }
  const nextSort = (key: string): Sort => ({
    key,
    direction: sort?.key === key && sort.direction === 'ascending' ? 'descending' : 'ascending',
  })
  return (
    <table
      ref={table}
      className={classes('table', busy && 'table-busy')}
      role="table"
      aria-busy={busy}
      onKeyDown={keys}
    >
      <caption className="hidden-visually">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(column => (
            <th
              key={column.key}
              scope="col"
              role="columnheader"
              className={classes(column.align && 'table-end', column.wideOnly && 'table-wide-only') || undefined}
              aria-sort={sort?.key === column.key ? sort.direction : undefined}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className="table-sort"
                  title={t('ui.list.sort', { column: column.title })}
                  onClick={() => onSort(nextSort(column.key))}
                >
                  {column.title}
                  <Icon name={sort?.key !== column.key ? 'sort' : sort.direction === 'ascending' ? 'up' : 'down'} />
                </button>
              ) : (
                column.title
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => (
          <tr key={rowId(row)} role="row" className={link && 'table-opens'} onClick={link && pressRow}>
            {columns.map((column, place) => (
              <td
                key={column.key}
                role="cell"
                data-title={column.title}
                className={classes(
                  column.align && 'table-end',
                  column.wideOnly && 'table-wide-only',
                  !place && 'table-name',
                )}
              >
                {place === 0 && link ? link(row, column.cell(row)) : column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
