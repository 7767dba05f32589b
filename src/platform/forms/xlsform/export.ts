import writeXlsxFile from 'write-excel-file/node'
import type { ChoiceList, FormDefinition, FormNode, Question, Texts } from '../definition.ts'
import { flaw } from '../flaw.ts'
import { fileText } from './files.ts'
import { otherQuestion } from './or-other.ts'
import { escaped, forbidden } from './values.ts'

/** Header → text; a record of one row, in the order in which its cells were set. */
type Line = ReadonlyMap<string, string>

/**
 * The form as an XLSForm (.xlsx) that `importXlsForm` reads back to the same definition, places aside. Every cell is
 * text, so that no program takes `=…` for a formula. Choices from files are not in it: see `exportFiles`.
 * @param further sheets of the caller's own, which stand behind those of the form
 * @throws FormFlaw character
 */
export async function exportXlsForm(
  definition: FormDefinition,
  further: readonly { readonly sheet: string; readonly lines: readonly Line[] }[] = [],
): Promise<Uint8Array> {
  const sheets = [
    { sheet: 'survey', lines: surveyLines(definition), first: surveyHeaders(definition) },
    { sheet: 'choices', lines: choiceLines(definition), first: ['list_name', 'name', ...labels(definition)] },
    { sheet: 'settings', lines: [settingsLine(definition)], first: [] },
    ...further.map(one => ({ ...one, first: [] })),
  ]
  const book = writeXlsxFile(
    sheets.map(({ sheet, lines, first }) => ({ sheet, stickyRowsCount: 1, data: table(first, lines) })),
  )
  return new Uint8Array(await book.toBuffer())
}

/** The .csv files of a form's `select_one_from_file` questions, by name. */
export function exportFiles(definition: FormDefinition): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const node of nodesOf(definition.body)) {
    if (node.kind !== 'question' || !node.choices?.fromFile) continue
    const list = definition.lists.find(({ name }) => name === node.choices!.list)
    if (list) files.set(list.name, fileText(list, node.parameters ?? {}))
  }
  return files
}

function* nodesOf(nodes: readonly FormNode[]): Generator<FormNode> {
  for (const node of nodes) {
    yield node
    if (node.kind !== 'question') yield* nodesOf(node.children)
  }
}

function table(first: readonly string[], lines: readonly Line[]) {
  const headers = [...new Set([...first, ...lines.flatMap(line => [...line.keys()])])]
  const cell = (text: string | undefined) => {
    if (text === undefined || text === '') return null
    if (forbidden.test(text)) flaw('character')
    return { value: escaped(text), type: String }
  }
  return [headers.map(cell), ...lines.map(line => headers.map(header => cell(line.get(header))))]
}

/** `label` for texts without a language in a form whose own has no name, else `label::es`. */
const headerOf = (field: string, language: string, { defaultLanguage }: FormDefinition): string =>
  language === 'default' && defaultLanguage === 'default' ? field : `${field}::${language}`

/** Every language has its column of labels, in the form's order: that is where the order is read from. */
const labels = (definition: FormDefinition): string[] =>
  definition.languages.map(language => headerOf('label', language, definition))

const translated = ['hint', 'guidance_hint', 'required_message', 'constraint_message', 'image', 'audio', 'video']

function surveyHeaders(definition: FormDefinition): string[] {
  const used = new Set(surveyLines(definition).flatMap(line => [...line.keys()]))
  const inOrder = [
    'type',
    'name',
    ...labels(definition),
    ...[
      'hint',
      'relevant',
      'required',
      'constraint',
      'calculation',
      'trigger',
      'default',
      'read_only',
      'choice_filter',
    ],
    ...['repeat_count', 'appearance', 'parameters'],
    ...translated.flatMap(field => definition.languages.map(language => headerOf(field, language, definition))),
  ]
  return inOrder.filter((header, index) => index < 2 + definition.languages.length || used.has(header))
}

function surveyLines(definition: FormDefinition): Line[] {
  const lines: Line[] = []
  const put = (line: Map<string, string>, field: string, texts: Texts | undefined): void => {
    for (const [language, text] of Object.entries(texts ?? {})) line.set(headerOf(field, language, definition), text)
  }
  const start = (type: string, node: FormNode): Map<string, string> => {
    const line = new Map([
      ['type', type],
      ['name', node.name],
    ])
    put(line, 'label', node.label)
    put(line, 'hint', node.hint)
    for (const kind of ['image', 'audio', 'video'] as const) put(line, kind, node.media?.[kind])
    line.set('relevant', node.relevant ?? '').set('appearance', node.appearance ?? '')
    lines.push(line)
    return line
  }
  const section = (nodes: readonly FormNode[]): void => {
    for (const [index, node] of nodes.entries()) {
      if (node.kind === 'question') {
        // What `or_other` writes by itself is not written again.
        if (writesItself(node, nodes[index - 1], definition)) continue
        question(node, writesItself(nodes[index + 1], node, definition))
        continue
      }
      const line = start(`begin_${node.kind}`, node)
      if (node.kind === 'repeat') line.set('repeat_count', node.count ?? '')
      section(node.children)
      lines.push(
        new Map([
          ['type', `end_${node.kind}`],
          ['name', node.name],
        ]),
      )
    }
  }
  const question = (node: Question, orOther: boolean): void => {
    const line = start(typeOf(node, orOther), node)
    put(line, 'guidance_hint', node.guidance)
    put(line, 'required_message', node.requiredMessage)
    put(line, 'constraint_message', node.constraintMessage)
    line
      .set('required', node.required ?? '')
      .set('constraint', node.constraint ?? '')
      .set('calculation', node.calculation ?? '')
      .set('trigger', (node.trigger ?? []).map(name => `\${${name}}`).join(', '))
      .set('default', node.default ?? '')
      .set('read_only', node.readOnly ?? '')
      .set('choice_filter', node.choices?.filter ?? '')
      .set('parameters', parameters(node))
  }
  section(definition.body)
  return lines.map(line => new Map([...line].filter(([, text]) => text !== '')))
}

/** Whether a question is, word for word, the one that `or_other` of the question before it makes. */
function writesItself(node: FormNode | undefined, before: FormNode | undefined, definition: FormDefinition): boolean {
  if (node?.kind !== 'question' || before?.kind !== 'question' || !before.choices?.orOther) return false
  const { at: _, ...own } = node
  const made = otherQuestion(before.name, definition.languages)
  return JSON.stringify(sorted(own)) === JSON.stringify(sorted(made))
}

const sorted = (value: object): unknown[] =>
  Object.entries(value)
    .map(([key, inner]) => [key, typeof inner === 'object' && inner !== null ? sorted(inner) : inner])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))

function typeOf({ type, choices, meta }: Question, orOther: boolean): string {
  if (type === 'meta') return meta ?? flaw('type-unknown', type)
  if (!choices) return type
  const command = { 'select-one': 'select_one', 'select-multiple': 'select_multiple', rank: 'rank' }[type as 'rank']
  return `${command}${choices.fromFile ? '_from_file' : ''} ${choices.list}${orOther ? ' or_other' : ''}`
}

function parameters({ range, choices, parameters: further = {} }: Question): string {
  const pairs = [
    ...Object.entries(range ?? {}),
    ...(choices?.randomize ? [['randomize', 'true'] as const] : []),
    ...(choices?.randomize?.seed === undefined ? [] : [['seed', choices.randomize.seed] as const]),
    ...Object.entries(further),
  ]
  return pairs.map(([key, value]) => `${key}=${value}`).join(' ')
}

/** Lists that stand in the choices sheet. */
function ownLists(definition: FormDefinition): ChoiceList[] {
  const files = exportFiles(definition)
  return definition.lists.filter(({ name }) => !files.has(name))
}

function choiceLines(definition: FormDefinition): Line[] {
  const names = new Set(['list_name', 'name', 'value', 'label', 'caption', 'image', 'audio', 'video', 'media'])
  return ownLists(definition).flatMap(({ name, choices }) =>
    choices.map(choice => {
      const line = new Map([
        ['list_name', name],
        ['name', choice.name],
      ])
      const put = (field: string, texts: Texts | undefined): void => {
        for (const [language, text] of Object.entries(texts ?? {}))
          line.set(headerOf(field, language, definition), text)
      }
      put('label', choice.label)
      for (const kind of ['image', 'audio', 'video'] as const) put(kind, choice.media?.[kind])
      for (const [column, text] of Object.entries(choice.columns)) {
        if (names.has(column.toLowerCase())) flaw('column-name', column)
        line.set(column, text)
      }
      return line
    }),
  )
}

function settingsLine(definition: FormDefinition): Line {
  const { defaultLanguage, languages } = definition
  const inferred = languages.includes('default') && defaultLanguage === 'default' ? 'default' : languages[0]
  const twice = ownLists(definition).some(
    ({ choices }) => new Set(choices.map(choice => choice.name)).size < choices.length,
  )
  const line = new Map([
    ['form_title', definition.title[defaultLanguage] ?? ''],
    ['form_id', definition.id],
    ['version', definition.version],
    ['default_language', defaultLanguage === inferred ? '' : defaultLanguage],
    ['instance_name', definition.instanceName ?? ''],
    ['style', definition.style ?? ''],
    ['allow_choice_duplicates', twice ? 'yes' : ''],
    ['flat', definition.flat ? 'yes' : ''],
  ])
  for (const [language, text] of Object.entries(definition.title)) {
    if (language !== defaultLanguage) line.set(`form_title::${language}`, text)
  }
  return new Map([...line].filter(([, text]) => text !== ''))
}
