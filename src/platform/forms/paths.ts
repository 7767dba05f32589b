import type { Cell } from './cell.ts'
import { flaw } from './flaw.ts'

/** `group/repeat[2]/name`, rows from 1; or the same in pieces: `['group', 'repeat', 2, 'name']`. */
export type AnswerPath = string | readonly (string | number)[]

/** Where a cell stands now; a row's path changes as rows before it go. */
export function pathOf(cell: Cell): string {
  if (cell.spot.repeats.length === 0 && !cell.isRow) return cell.spot.path
  if (!cell.parent) return ''
  if (cell.isRow) return `${pathOf(cell.parent)}[${cell.place()}]`
  const around = pathOf(cell.parent)
  return around === '' ? cell.spot.name : `${around}/${cell.spot.name}`
}

/** @throws FormFlaw path-unknown */
export function cellAt(root: Cell, path: AnswerPath): Cell {
  const pieces =
    typeof path === 'string'
      ? path.split('/').flatMap(piece => {
          const match = /^([^[\]]+)(?:\[(\d{1,6})\])?$/.exec(piece)
          if (!match) return flaw('path-unknown', path)
          return match[2] === undefined ? [match[1]!] : [match[1]!, Number(match[2])]
        })
      : path
  let cell: Cell | undefined = root
  for (const piece of pieces) {
    cell = typeof piece === 'number' ? cell.rows[piece - 1] : cell.child(piece)
    if (!cell) return flaw('path-unknown', pieces.join('/'))
  }
  return cell
}
