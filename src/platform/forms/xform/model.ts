import type { ChoiceList, FormDefinition, FormNode, Question, Repeat } from '../definition.ts'
import { isDynamic } from '../expression/dynamic.ts'
import { isReference } from '../expression/paths.ts'
import { type Located, type Paths, root } from './paths.ts'
import { toXPath } from './rewrite.ts'
import type { FormTexts } from './texts.ts'
import { type Attributes, element, type Markup } from './writer.ts'

export interface Form {
  readonly definition: FormDefinition
  readonly paths: Paths
  readonly texts: FormTexts
}

const types: Readonly<Record<Question['type'], string>> = {
  text: 'string',
  integer: 'int',
  decimal: 'decimal',
  date: 'date',
  time: 'time',
  datetime: 'dateTime',
  'select-one': 'string',
  'select-multiple': 'string',
  rank: 'odk:rank',
  range: 'decimal',
  acknowledge: 'string',
  note: 'string',
  calculate: 'string',
  hidden: 'string',
  image: 'binary',
  audio: 'binary',
  video: 'binary',
  file: 'binary',
  geopoint: 'geopoint',
  geotrace: 'geotrace',
  geoshape: 'geoshape',
  barcode: 'barcode',
  meta: 'string',
}

/** The names that an XForm needs beside the form's own. */
export const countName = (repeat: Repeat): string => `${repeat.name}_count`
export const listLabelsName = (first: Question): string =>
  `reserved_name_for_field_list_labels_${first.at?.row ?? first.name}`
export const tableLabelName = (group: FormNode): string => `generated_table_list_label_${group.at?.row ?? group.name}`

/** The group shows a table: the words of a list above, a row for each question. */
export const isTable = (node: FormNode): boolean =>
  node.kind === 'group' && (node.appearance ?? '').split(/\s+/).includes('table-list')
export const firstSelect = (node: FormNode): Question | undefined =>
  node.kind === 'question'
    ? undefined
    : node.children.find((child): child is Question => child.kind === 'question' && child.choices !== undefined)

const isAudit = (node: FormNode): node is Question => node.kind === 'question' && node.meta === 'audit'

/** The primary instance: the form's empty record, with the defaults that are plain values. */
export function primary({ definition }: Form): Markup {
  // A repeat stands twice: as the pattern of its rows, with the patterns of what repeats in it, and as its first row.
  const content = (nodes: readonly FormNode[], copies: readonly boolean[]): Markup[] =>
    nodes.filter(node => !isAudit(node)).flatMap(node => one(node, copies))
  const one = (node: FormNode, copies: readonly boolean[]): Markup[] => {
    if (node.kind === 'question') {
      const preset = node.default !== undefined && !isDynamic(node.default, node.type) ? [node.default] : []
      return [element(node.name, {}, preset)]
    }
    const inside = (these: readonly boolean[]): Markup[] => [
      ...generated(node).map(name => element(name)),
      ...content(node.children, these),
    ]
    if (node.kind === 'group') return definition.flat ? inside(copies) : [element(node.name, {}, inside(copies))]
    const count = node.count !== undefined && !isReference(node.count) ? [element(countName(node))] : []
    const rows = copies.map(pattern =>
      element(node.name, { 'jr:template': pattern ? '' : undefined }, inside([pattern])),
    )
    return [...count, ...rows]
  }
  const audit = definition.body.some(isAudit)
  const meta = element('meta', {}, [
    element('instanceID'),
    ...(definition.instanceName === undefined ? [] : [element('instanceName')]),
    ...(audit ? [element('audit')] : []),
  ])
  const record = element(root, { id: definition.id, version: definition.version }, [
    ...content(definition.body, [true, false]),
    meta,
  ])
  return element('instance', {}, [record])
}

/** Names of the nodes that a table group begins with. */
function generated(node: FormNode): string[] {
  if (!isTable(node)) return []
  const first = firstSelect(node)
  return [...(node.label || node.hint ? [tableLabelName(node)] : []), ...(first ? [listLabelsName(first)] : [])]
}

/** Lists of choices as secondary instances, and files named by `select_one_from_file`. */
export function secondary(form: Form): Markup[] {
  const files = new Set<string>()
  const visit = (nodes: readonly FormNode[]): void => {
    for (const node of nodes) {
      if (node.kind !== 'question') visit(node.children)
      else if (node.choices?.fromFile) files.add(node.choices.list)
    }
  }
  visit(form.definition.body)
  return [
    ...form.definition.lists.filter(({ name }) => !files.has(name)).map(list => listInstance(list, form.texts)),
    ...[...files].map(file =>
      element('instance', { id: instanceId(file), src: `jr://${file.endsWith('.csv') ? 'file-csv' : 'file'}/${file}` }),
    ),
  ]
}

export const instanceId = (list: string): string => list.replace(/\.(csv|xml|geojson)$/i, '')

function listInstance({ name, choices }: ChoiceList, texts: FormTexts): Markup {
  const named = texts.named(choices)
  const items = choices.map((choice, index) => {
    const id = `${name}-${index}`
    if (named) texts.choice(choice, id)
    return element('item', {}, [
      named ? element('itextId', {}, [id]) : element('label', {}, [texts.in(choice.label, 'default')]),
      element('name', {}, [choice.name]),
      ...Object.entries(choice.columns).map(([column, value]) => element(column, {}, [value])),
    ])
  })
  return element('instance', { id: name }, [element('root', {}, items)])
}

/** `<bind>` of every node, in the order of the form, and of the form's own corner. */
export function binds(form: Form): Markup[] {
  const { definition, paths } = form
  const found: Markup[] = []
  const bind = (attributes: Attributes): void => void found.push(element('bind', attributes))
  const visit = (nodes: readonly FormNode[], above: readonly string[]): void => {
    for (const node of nodes) {
      const here = paths.of(node)
      const own = node.relevant === undefined ? undefined : toXPath(node.relevant, here, paths)
      if (node.kind === 'question') {
        bind(questionBind(node, here, form, joined([...above, ...(own === undefined ? [] : [own])])))
        continue
      }
      const flat = definition.flat === true && node.kind === 'group'
      if (node.kind === 'repeat' && node.count !== undefined && !isReference(node.count)) {
        const parent = here.path.slice(0, here.path.lastIndexOf('/'))
        const calculate = toXPath(node.count, here, paths)
        bind({ nodeset: `${parent}/${countName(node)}`, type: 'string', readonly: 'true()', calculate })
      }
      const passed = flat && own !== undefined ? [...above, own] : above
      const relevant = joined(flat ? [] : [...above, ...(own === undefined ? [] : [own])])
      if (relevant !== undefined) bind({ nodeset: here.path, relevant })
      for (const name of generated(node)) {
        const within = flat ? here.path.slice(0, here.path.lastIndexOf('/')) : here.path
        const note = name === tableLabelName(node) ? { readonly: 'true()' } : {}
        bind({ nodeset: `${within}/${name}`, type: 'string', ...note, relevant: flat ? joined(passed) : undefined })
      }
      visit(node.children, flat ? passed : [])
    }
  }
  visit(definition.body, [])
  bind({ nodeset: `/${root}/meta/instanceID`, type: 'string', readonly: 'true()', 'jr:preload': 'uid' })
  if (definition.instanceName !== undefined) {
    const calculate = toXPath(definition.instanceName, undefined, paths)
    bind({ nodeset: `/${root}/meta/instanceName`, type: 'string', calculate })
  }
  return found
}

const joined = (conditions: readonly string[]): string | undefined =>
  conditions.length > 1 ? conditions.map(condition => `(${condition})`).join(' and ') : conditions[0]

function questionBind(node: Question, here: Located, form: Form, relevant: string | undefined): Attributes {
  const { paths, texts } = form
  const xpath = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : toXPath(text, here, paths)
  const { range, parameters = {} } = node
  const whole = range && [range.start, range.end, range.step].every(Number.isInteger)
  return {
    nodeset: here.path,
    type: typeOf(node, whole === true),
    readonly: node.readOnly === undefined && node.type === 'note' ? 'true()' : xpath(node.readOnly),
    relevant,
    required: xpath(node.required),
    'jr:requiredMsg': texts.message(node.requiredMessage, 'jr:requiredMsg', here),
    constraint: xpath(node.constraint),
    'jr:constraintMsg': texts.message(node.constraintMessage, 'jr:constraintMsg', here),
    calculate: node.trigger ? undefined : xpath(node.calculation),
    ...(node.meta ? preload(node.meta) : {}),
    'orx:max-pixels': parameters['max-pixels'],
    'odk:quality': node.type === 'audio' ? parameters.quality : undefined,
  }
}

function typeOf(node: Question, whole: boolean): string {
  if (node.type === 'range') return whole ? 'int' : 'decimal'
  if (node.meta === 'start' || node.meta === 'end') return 'dateTime'
  if (node.meta === 'today') return 'date'
  return node.meta === 'audit' ? 'binary' : types[node.type]
}

function preload(meta: NonNullable<Question['meta']>): Attributes {
  if (meta === 'audit') return {}
  const kind = meta === 'today' ? 'date' : meta === 'start' || meta === 'end' ? 'timestamp' : 'property'
  return { 'jr:preload': kind, 'jr:preloadParams': meta }
}
