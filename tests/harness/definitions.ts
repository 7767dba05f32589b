import fc from 'fast-check'
import type { ChoiceList, FormDefinition, FormNode, Question, Texts } from '#platform/forms/definition.ts'
import { otherQuestion, withOther } from '#platform/forms/xlsform/or-other.ts'
import { forbidden } from '#platform/forms/xlsform/values.ts'

/** Languages of a form; the first is its own. */
const languages = fc.constantFrom(
  ['default'],
  ['en'],
  ['es', 'en'],
  ['default', 'es'],
  ['en', 'es', 'fr', 'und-x-shipibo'],
)

/** What people write in cells: any script, line breaks, what looks like code or numbers; nothing at the edges. */
const words = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
    fc.constantFrom(
      '=1+1',
      '-5',
      '007',
      '1e3',
      'TRUE',
      '<b>a</b> & "c"',
      'línea 1\nlínea 2',
      '_x0041_',
      '“quoted” ‘text’',
      'toString',
    ),
    fc.constant('You said ${first}, ${pick}.'),
  )
  .map(text => text.replace(/\r/g, '').trim())
  .filter(text => text !== '' && !forbidden.test(text) && (!text.includes('$') || text.includes('${first}')))

const condition = fc.constantFrom(
  '${first} > 3',
  "selected(${pick}, 'c1')",
  '${first} = \'\' or ${pick} != "c0"',
  'true()',
)
const judging = fc.constantFrom('. != 3', 'string-length(.) < 10', '. >= ${first}', "regex(., '^[a-z]+$')")
const working = fc.constantFrom('${first} + 1', "if(${first} > 2, 'a', 'b')", 'concat(${pick}, "-", today())')
const preset = fc.constantFrom('5', 'abc', '2026-11-22', '${first}', 'today()', '“so”')
const name = fc.stringMatching(/^[a-zA-Z_ñé][a-zA-Z0-9_.-]{0,8}$/)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })

/** The same object without keys whose value is undefined. */
const trimmed = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T

const texts = ([own, ...others]: readonly string[]): fc.Arbitrary<Texts> =>
  fc
    .tuple(words, ...others.map(() => maybe(words)))
    .map(
      found =>
        trimmed(Object.fromEntries([own!, ...others].map((language, index) => [language, found[index]]))) as Texts,
    )

const media = (all: readonly string[]) =>
  fc
    .record({ image: maybe(fc.constant('a b.jpg')), audio: maybe(fc.constant('é.mp3')) })
    .map(files =>
      trimmed({
        image: files.image && { [all.at(-1)!]: files.image },
        audio: files.audio && { [all[0]!]: files.audio },
      }),
    )
    .filter(found => Object.keys(found).length > 0)

function choiceList(all: readonly string[], list: string): fc.Arbitrary<ChoiceList> {
  const choice = fc.record({
    label: texts(all),
    media: maybe(media(all)),
    columns: fc.record({ region: words, año: maybe(words) }).map(trimmed),
  })
  return fc.array(choice, { minLength: 2, maxLength: 4 }).map(choices => ({
    name: list,
    choices: choices.map((one, index) => trimmed({ name: `c${index}`, ...one }) as ChoiceList['choices'][number]),
  }))
}

function fileOf(own: string): fc.Arbitrary<ChoiceList> {
  return fc.array(words, { minLength: 1, maxLength: 3 }).map(labels => ({
    name: 'places.csv',
    choices: labels.map((label, index) => ({
      name: `p${index}`,
      label: { [own]: label },
      columns: { region: `r"${index}` },
    })),
  }))
}

const plainTypes = [
  'text',
  'integer',
  'decimal',
  'date',
  'note',
  'acknowledge',
  'image',
  'file',
  'geopoint',
  'barcode',
  'hidden',
] as const

function questions(all: readonly string[]): fc.Arbitrary<Question> {
  const shared = {
    label: texts(all),
    hint: maybe(texts(all)),
    guidance: maybe(texts(all)),
    media: maybe(media(all)),
    relevant: maybe(condition),
    appearance: maybe(fc.constantFrom('minimal', 'w1 no-buttons')),
    required: maybe(condition),
    requiredMessage: maybe(texts(all)),
    constraint: maybe(judging),
    constraintMessage: maybe(texts(all)),
    readOnly: maybe(condition),
    default: maybe(preset),
  }
  const of = (more: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Question> =>
    fc
      .record({ kind: fc.constant('question'), name, ...shared, ...more })
      .map(found => trimmed(found) as unknown as Question)
  const choices = (list: string) =>
    fc
      .record({
        list: fc.constant(list),
        filter: maybe(fc.constantFrom('region = ${pick}', "not(region = 'x')")),
        randomize: maybe(fc.constantFrom({}, { seed: '${first}' }, { seed: '7' })),
      })
      .map(trimmed)
  return fc.oneof(
    of({ type: fc.constantFrom(...plainTypes) }),
    of({ type: fc.constantFrom('text'), parameters: fc.constant({ rows: '3' }) }),
    of({ type: fc.constant('calculate'), calculation: working }),
    of({ type: fc.constant('text'), calculation: working, trigger: fc.constantFrom(['first'], ['first', 'pick']) }),
    of({ type: fc.constantFrom('select-one', 'select-multiple', 'rank'), choices: choices('list') }),
    of({
      type: fc.constantFrom('select-one', 'select-multiple'),
      choices: fc.constant({ list: 'places.csv', fromFile: true }),
    }),
    of({
      type: fc.constant('range'),
      range: fc.constantFrom({ start: 0, end: 10, step: 1 }, { start: 5, end: -5, step: 2.5 }),
    }),
    of({ type: fc.constant('meta'), meta: fc.constantFrom('start', 'today', 'deviceid') }),
  )
}

function bodies(all: readonly string[]): fc.Arbitrary<FormNode[]> {
  const section = (children: fc.Arbitrary<FormNode[]>): fc.Arbitrary<FormNode> =>
    fc
      .record({
        kind: fc.constantFrom('group', 'repeat'),
        name,
        label: maybe(texts(all)),
        relevant: maybe(condition),
        appearance: maybe(fc.constant('field-list')),
        count: maybe(fc.constantFrom('3', '${first}', '${first} + 1')),
        children,
      })
      .map(
        ({ count, ...found }) => trimmed(found.kind === 'repeat' ? { ...found, count } : found) as unknown as FormNode,
      )
  const open = name.map((own): FormNode[] => [
    {
      kind: 'question',
      type: 'select-one',
      name: own,
      label: Object.fromEntries(all.map(language => [language, 'Which?'])),
      choices: { list: 'open', orOther: true },
    },
    otherQuestion(own, all),
  ])
  const level = (inner: fc.Arbitrary<FormNode>[]): fc.Arbitrary<FormNode[]> =>
    fc
      .array(
        fc.oneof(
          { weight: 4, arbitrary: questions(all).map(one => [one]) },
          open,
          ...inner.map(one => one.map(node => [node])),
        ),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map(nodes => nodes.flat())
  return level([section(level([section(level([]))]))])
}

/** Gives every node a name of its own, so that each reference means one. */
function distinct(nodes: readonly FormNode[], taken = new Set(['first', 'pick', 'audit'])): FormNode[] {
  let before = ''
  return nodes.map(node => {
    const other = node.name.endsWith('_other') && before !== '' ? `${before}_other` : undefined
    let own = other ?? node.name
    while (taken.has(own) || (!other && taken.has(`${own}_other`)) || (!other && /_other$|_count$/.test(own)))
      own = `${own}x`
    taken.add(own)
    const following = node.kind === 'question' && node.choices?.orOther
    before = following ? own : ''
    if (node.kind === 'question')
      return other
        ? { ...node, name: own, relevant: `selected(../${other.slice(0, -6)}, 'other')` }
        : { ...node, name: own }
    return { ...node, name: own, children: distinct(node.children, taken) }
  })
}

/** Forms in the shape that an import gives them, which compile. */
export const definitions: fc.Arbitrary<FormDefinition> = languages.chain(all =>
  fc
    .record({
      id: fc.constantFrom('form', 'a.b-c_2', 'formulario_ñ'),
      version: fc.constantFrom('1', '2026-11-22', 'v 2'),
      title: texts(all),
      instanceName: maybe(fc.constant("concat(${first}, ' of ', ${pick})")),
      style: maybe(fc.constant('pages')),
      list: choiceList(all, 'list'),
      open: choiceList(all, 'open'),
      file: fileOf(all[0]!),
      body: bodies(all),
    })
    .map(({ list, open, file, body, ...found }) => {
      const first: Question = { kind: 'question', type: 'integer', name: 'first', label: { [all[0]!]: 'First' } }
      const pick: Question = { ...first, type: 'select-one', name: 'pick', choices: { list: 'list' } }
      const whole = [first, pick, ...distinct(body)]
      const text = JSON.stringify(whole)
      return trimmed({
        ...found,
        languages: all,
        defaultLanguage: all[0]!,
        lists: [
          list,
          text.includes('"orOther"') ? withOther(open, all) : open,
          ...(text.includes('"fromFile"') ? [file] : []),
        ],
        body: whole,
      })
    }),
)
