import { type Choice, type ChoiceList, limits } from '../definition.ts'
import type { Findings, Spot } from './findings.ts'
import { tokensOf } from './headers.ts'
import { languageOf } from './languages.ts'
import { isName, isReserved } from './names.ts'
import { forbidden } from './values.ts'

/** Comma-separated values (RFC 4180) as rows of texts; undefined where a quote is left open or there is too much. */
export function csvRows(text: string, most: number): string[][] | undefined {
  const rows: string[][] = []
  let row: string[] = []
  const end = (): void => {
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^,\r\n"]*))(,|\r\n|\n|\r|$)/y
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text)
    if (!match || rows.length > most || row.length > 200) return undefined
    row.push((match[1]?.replaceAll('""', '"') ?? match[2]!).trim())
    if (match[3] !== ',') end()
    else if (cell.lastIndex === text.length) row.push('')
  }
  if (row.length > 0) end()
  return rows
}

/**
 * The choices of a file that `select_one_from_file` names. `value` and `label` are its columns, `name` and `label`
 * unless the question's parameters say otherwise; labels may have columns for languages.
 */
export function fileList(
  file: string,
  text: string,
  { value = 'name', label = 'label' }: Readonly<Record<string, string>>,
  language: string,
  findings: Findings,
  spot: Spot,
): ChoiceList {
  const empty = { name: file, choices: [] }
  const rows = forbidden.test(text.replaceAll('\r', '')) ? undefined : csvRows(text, limits.choices + 1)
  const [headers, ...data] = rows ?? []
  const at = headers?.indexOf(value) ?? -1
  if (!headers || at < 0) findings.refuse('file-unreadable', spot, `${file}: ${value}`)
  const bad = headers?.find(header => isReserved(header))
  if (bad !== undefined) findings.refuse('name-reserved', spot, `${file}: ${bad}`)
  if (!headers || at < 0 || bad !== undefined) return empty
  const seen = new Set<string>()
  const choices: Choice[] = []
  for (const row of data) {
    const name = row[at] ?? ''
    if (name === '') continue
    if (isReserved(name) || seen.has(name)) {
      findings.refuse(seen.has(name) ? 'choice-twice' : 'name-reserved', spot, `${file}: ${name}`)
      break
    }
    seen.add(name)
    const texts: Record<string, string> = {}
    const columns: Record<string, string> = {}
    for (const [index, header] of headers.entries()) {
      const [word, written] = tokensOf(header)
      const filled = row[index] ?? ''
      if (index === at || filled === '') continue
      if (word === label) texts[written === undefined ? language : (languageOf(written)?.tag ?? language)] = filled
      else if (isName(header)) columns[header] = filled
    }
    choices.push({ name, label: Object.keys(texts).length > 0 ? texts : { [language]: name }, columns })
  }
  return { name: file, choices }
}

/** The file of such a list, to go with the exported sheet. */
export function fileText(
  { choices }: ChoiceList,
  { value = 'name', label = 'label' }: Readonly<Record<string, string>>,
): string {
  const languages = [...new Set(choices.flatMap(choice => Object.keys(choice.label)))]
  const columns = [...new Set(choices.flatMap(choice => Object.keys(choice.columns)))]
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = [
    [value, ...languages.map(language => `${label}::${language}`), ...columns],
    ...choices.map(choice => [
      choice.name,
      ...languages.map(language => choice.label[language] ?? ''),
      ...columns.map(column => choice.columns[column] ?? ''),
    ]),
  ]
  return rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('')
}
