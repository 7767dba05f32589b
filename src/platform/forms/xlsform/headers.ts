import { limits } from '../definition.ts'
import type { Findings } from './findings.ts'
import { languageOf } from './languages.ts'
import { isName, isReserved } from './names.ts'
import type { Row } from './workbook.ts'

/** What a column holds, whatever its author called it. */
export type Field =
  | 'type'
  | 'name'
  | 'list_name'
  | 'label'
  | 'hint'
  | 'guidance_hint'
  | 'image'
  | 'audio'
  | 'video'
  | 'relevant'
  | 'required'
  | 'required_message'
  | 'constraint'
  | 'constraint_message'
  | 'calculation'
  | 'appearance'
  | 'default'
  | 'read_only'
  | 'choice_filter'
  | 'parameters'
  | 'repeat_count'
  | 'trigger'
  | 'disabled'
  | 'rows'
  | 'save_to'

/** Fields whose columns may carry a language. */
export const translatable: ReadonlySet<Field> = new Set<Field>([
  'label',
  'hint',
  'guidance_hint',
  'image',
  'audio',
  'video',
  'required_message',
  'constraint_message',
])

export interface Column {
  readonly index: number
  /** The header as written. */
  readonly header: string
  /** Undefined for a further column of the choices sheet, whose name is `header`. */
  readonly field?: Field
  /** Of a translatable field. */
  readonly language?: string
}

const bound: Readonly<Record<string, Field>> = {
  relevant: 'relevant',
  relevance: 'relevant',
  required: 'required',
  constraint: 'constraint',
  constraint_message: 'constraint_message',
  constraining_message: 'constraint_message',
  'jr:constraintmsg': 'constraint_message',
  required_message: 'required_message',
  requiredmsg: 'required_message',
  'jr:requiredmsg': 'required_message',
  calculation: 'calculation',
  calculate: 'calculation',
  readonly: 'read_only',
  read_only: 'read_only',
}
const controlled: Readonly<Record<string, Field>> = {
  appearance: 'appearance',
  repeat_count: 'repeat_count',
  count: 'repeat_count',
  'jr:count': 'repeat_count',
  rows: 'rows',
}
const pictured: Readonly<Record<string, Field>> = { image: 'image', audio: 'audio', video: 'video' }
const surveyFields: Readonly<Record<string, Field>> = {
  ...bound,
  ...controlled,
  ...pictured,
  type: 'type',
  command: 'type',
  name: 'name',
  tag: 'name',
  value: 'name',
  label: 'label',
  caption: 'label',
  hint: 'hint',
  guidance_hint: 'guidance_hint',
  default: 'default',
  choice_filter: 'choice_filter',
  parameters: 'parameters',
  trigger: 'trigger',
  disabled: 'disabled',
  save_to: 'save_to',
}
const choiceFields: Readonly<Record<string, Field>> = {
  ...pictured,
  list_name: 'list_name',
  name: 'name',
  value: 'name',
  label: 'label',
  caption: 'label',
}
const grouped: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  bind: bound,
  control: controlled,
  body: controlled,
  media: pictured,
}

const key = (token: string): string => token.trim().toLowerCase().replace(/\s+/g, '_')
const look = (table: Readonly<Record<string, Field>>, token: string): Field | undefined =>
  Object.hasOwn(table, key(token)) ? table[key(token)] : undefined

/** `label::es` → [label, es]; a single colon divides too, except the one of `jr:count`. */
export function tokensOf(header: string): string[] {
  const tokens = header.includes('::') ? header.split('::') : header.split(/(?<!\bjr):/i)
  return tokens.map(token => token.trim())
}

function fieldOf(tokens: readonly string[], kind: 'survey' | 'choices'): { field: Field; rest: string[] } | undefined {
  const [first = '', second = '', ...rest] = tokens
  const group = Object.hasOwn(grouped, key(first)) && tokens.length > 1 ? grouped[key(first)] : undefined
  if (group && (kind === 'survey' || group === pictured)) {
    const field = look(group, second)
    return field && { field, rest }
  }
  const field = look(kind === 'survey' ? surveyFields : choiceFields, first)
  return field && { field, rest: tokens.slice(1) }
}

/**
 * The columns of a sheet from its first row. Columns that mean nothing to us are told as a warning; of the choices
 * sheet they are what `choice_filter` reads.
 */
export function columnsOf(
  row: Row,
  kind: 'survey' | 'choices',
  sheet: string,
  defaultLanguage: string,
  findings: Findings,
): Column[] {
  const columns: Column[] = []
  const seen = new Set<string>()
  for (const [index, header] of row.cells) {
    const spot = { sheet, row: row.number, column: header }
    const found = header.length > 200 ? undefined : fieldOf(tokensOf(header), kind)
    if (header.length > 200) findings.refuse('column-name', spot)
    else if (!found) {
      if (kind === 'choices' && isName(header)) {
        if (isReserved(header)) findings.refuse('name-reserved', spot, header)
        else if (!once(seen, header)) findings.refuse('column-twice', spot)
        else columns.push({ index, header })
      } else findings.warn('column-ignored', spot)
    } else if (!translatable.has(found.field)) {
      if (found.rest.length > 0) findings.warn('column-ignored', spot)
      else if (!once(seen, `:${found.field}`)) findings.refuse('column-twice', spot)
      else columns.push({ index, header, field: found.field })
    } else {
      const language = found.rest.length === 0 ? { tag: defaultLanguage } : languageOf(found.rest.join(':'))
      if (!language) findings.refuse('language-name', spot, found.rest.join(':'))
      else if (!once(seen, `:${found.field}:${language.tag}`)) findings.refuse('column-twice', spot)
      else {
        if ('invented' in language && language.invented) findings.warn('language-unknown', spot, language.tag)
        columns.push({ index, header, field: found.field, language: language.tag })
      }
    }
    if (columns.length > limits.languages * 8 + 200) {
      findings.refuse('too-many-columns', { sheet })
      break
    }
  }
  return columns
}

function once(seen: Set<string>, what: string): boolean {
  if (seen.has(what)) return false
  seen.add(what)
  return true
}
