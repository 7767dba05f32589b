import type { QuestionType } from '../definition.ts'

const name = '[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_.·-]*'
/** Pieces in XLSForm's order of preference; only those in a named group make a default an expression. */
const piece = new RegExp(
  [
    '-?\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:[+-]\\d{2}:\\d{2}|Z)?)?',
    '\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:[+-]\\d{2}:\\d{2}|Z)?',
    '-?\\d+(?:\\.\\d*)?|-?\\.\\d+',
    '(?<operator>[*+|-]| mod | div )',
    '"[^"]*"|\'[^\']*\'',
    `(?<reference>\\$\\{(?:last-saved#)?${name}\\})`,
    `(?<call>${name}(?::${name})?\\()`,
    name,
    '[^]',
  ].join('|'),
  'gu',
)
const hyphened: ReadonlySet<QuestionType> = new Set(['date', 'datetime', 'geopoint', 'geotrace', 'geoshape'])

/**
 * Whether a `default` is worked out or stands for itself, by XLSForm's rule: it is an expression when it holds
 * arithmetic, `${…}` or a call; not where a hyphen may be part of a date or a place.
 */
export function isDynamic(text: string, type: QuestionType): boolean {
  for (const { groups } of text.matchAll(piece)) {
    if (groups?.operator === '-' && hyphened.has(type)) return false
    if (groups?.operator || groups?.reference || groups?.call) return true
  }
  return false
}
