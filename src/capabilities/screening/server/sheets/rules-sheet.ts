import type { Flaw } from '#platform/forms/definition.ts'
import type { Row } from '#platform/forms/xlsform/workbook.ts'
import { verifiedMarks } from '../../about.ts'
import type { Condition, Rule } from '../../rules.ts'
import { type Line, Sheet } from './sheet.ts'

const kinds = ['at-least', 'chosen', 'number', 'dimension', 'all', 'any', 'none'] as const
const ofKind = {
  'at-least': ['count', 'questions', 'answers'],
  chosen: ['count', 'question', 'choices'],
  number: ['question', 'at_least', 'at_most'],
  dimension: ['answers', 'strong', 'medium', 'weak'],
  all: ['rules'],
  any: ['rules'],
  none: ['rules'],
} as const satisfies Record<Condition['kind'], readonly string[]>
/** Columns that say what a rule looks at. */
const looks = [...new Set(Object.values(ofKind).flat())]
const fields = [
  'code',
  'label',
  'advice',
  'kind',
  ...looks,
  'source',
  'verified',
  'signed_off_by',
  'signed_off_on',
] as const

/** The rules of the sheet `rules`, a row a rule, with the row that each stands in. */
export function rulesFrom(
  rows: readonly Row[],
  language: string,
  flaws: Flaw[],
): { rules: readonly Rule[]; ruleRows: readonly number[] } {
  const sheet = new Sheet({ name: 'rules', rows }, fields, ['label', 'advice'], language, flaws)
  const lines = sheet.rows.filter(line => fields.some(field => line.text(field) !== '') || hasTexts(line))
  for (const field of ['code', 'kind'] as const)
    if (lines.length > 0 && !sheet.columns.some(column => column.field === field))
      flaws.push({ code: 'column-missing', sheet: 'rules', detail: field })
  const rules = lines.map(ruleFrom)
  return { rules, ruleRows: lines.map(({ number }) => number) }
}
const hasTexts = (line: Line): boolean => ['label', 'advice'].some(field => Object.keys(line.texts(field)).length > 0)

function ruleFrom(line: Line): Rule {
  const verified = line.text('verified') || 'G'
  if (!(verifiedMarks as readonly string[]).includes(verified)) line.refuse('instrument-choice', 'verified', verified)
  const [name, on] = [line.text('signed_off_by'), line.text('signed_off_on')]
  if ((name === '') !== (on === ''))
    line.refuse('instrument-needed', name === '' ? 'signed_off_by' : 'signed_off_on', '')
  if (on !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(on)) line.refuse('rule-day', 'signed_off_on', on)
  return {
    code: line.text('code'),
    label: line.texts('label'),
    advice: line.texts('advice'),
    when: conditionFrom(line),
    source: line.text('source'),
    verified: verified as Rule['verified'],
    signedOff: name === '' ? null : { name, on },
  }
}

function conditionFrom(line: Line): Condition {
  const kind = line
    .text('kind')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-') as Condition['kind']
  if (!kinds.includes(kind)) {
    line.refuse('rule-kind', 'kind', line.text('kind'))
    return { kind: 'any', rules: [] }
  }
  // What a rule of this kind does not look at would be lost without a word.
  const own: readonly string[] = ofKind[kind]
  for (const field of looks) if (!own.includes(field) && line.text(field) !== '') line.refuse('rule-cell', field, kind)
  const answers = line.names('answers')
  switch (kind) {
    case 'at-least':
      return { kind, count: line.amount('count') ?? 1, questions: line.names('questions'), answers }
    case 'chosen':
      return { kind, count: line.amount('count') ?? 1, question: line.text('question'), choices: line.names('choices') }
    case 'number': {
      const [atLeast, atMost] = [line.amount('at_least'), line.amount('at_most')]
      return {
        kind,
        question: line.text('question'),
        ...(atLeast === undefined ? {} : { atLeast }),
        ...(atMost === undefined ? {} : { atMost }),
      }
    }
    case 'dimension':
      return {
        kind,
        answers,
        strong: line.names('strong'),
        medium: line.names('medium'),
        weak: line.names('weak'),
      }
    default:
      return { kind, rules: line.names('rules') }
  }
}

/** The rules as rows for a workbook: header → text. */
export function rulesLines(rules: readonly Rule[]): readonly ReadonlyMap<string, string>[] {
  return rules.map(({ code, label, advice, when, source, verified, signedOff }) => {
    const line = new Map([
      ['code', code],
      ['kind', when.kind],
    ])
    for (const [language, text] of Object.entries(label)) line.set(`label::${language}`, text)
    for (const [language, text] of Object.entries(advice)) line.set(`advice::${language}`, text)
    const { kind: _, atLeast, atMost, ...rest } = when as Condition & { atLeast?: number; atMost?: number }
    for (const [field, value] of Object.entries({ ...rest, at_least: atLeast, at_most: atMost }))
      if (value !== undefined) line.set(field, Array.isArray(value) ? value.join(' ') : String(value))
    line.set('source', source).set('verified', verified)
    if (signedOff) line.set('signed_off_by', signedOff.name).set('signed_off_on', signedOff.on)
    return line
  })
}
