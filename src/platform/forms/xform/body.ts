import type { FormNode, Group, Question, Repeat } from '../definition.ts'
import { isDynamic } from '../expression/dynamic.ts'
import { isReference } from '../expression/paths.ts'
import { flaw } from '../flaw.ts'
import { countName, type Form, firstSelect, instanceId, isTable, listLabelsName, tableLabelName } from './model.ts'
import type { Located } from './paths.ts'
import { toXPath } from './rewrite.ts'
import { type Attributes, element, type Markup } from './writer.ts'

const controls: Readonly<Partial<Record<Question['type'], readonly [name: string, mediatype?: string]>>> = {
  'select-one': ['select1'],
  'select-multiple': ['select'],
  rank: ['odk:rank'],
  range: ['range'],
  acknowledge: ['trigger'],
  image: ['upload', 'image/*'],
  audio: ['upload', 'audio/*'],
  video: ['upload', 'video/*'],
  file: ['upload', 'application/*'],
}
/** Types that nobody is asked. */
const silent: ReadonlySet<Question['type']> = new Set(['calculate', 'hidden', 'meta'])

/** The controls of the form, and what is set when another answer changes. */
export function controlsOf(form: Form): Markup[] {
  const triggered = triggers(form)
  const section = (nodes: readonly FormNode[]): (Markup | undefined)[] => nodes.map(one)
  const one = (node: FormNode): Markup | undefined => {
    if (node.kind === 'group') return group(node)
    if (node.kind === 'repeat') return repeat(node)
    return silent.has(node.type) ? undefined : control(node, form, triggered.get(node) ?? [])
  }
  const group = (node: Group): Markup => {
    const here = form.paths.of(node)
    const ref = form.definition.flat ? undefined : here.path
    if (isTable(node)) return table(node, here, ref)
    return element('group', { ref, appearance: node.appearance }, [
      form.texts.label(node, here),
      form.texts.hint(node, here),
      ...section(node.children),
    ])
  }
  const table = (node: Group, here: Located, ref: string | undefined): Markup => {
    const within = ref ?? here.path.slice(0, here.path.lastIndexOf('/'))
    const words = (node.appearance ?? '').split(/\s+/).filter(word => word !== 'table-list')
    const first = firstSelect(node)
    const head = [
      node.label || node.hint
        ? element('input', { ref: `${within}/${tableLabelName(node)}` }, [
            form.texts.label(node, here),
            form.texts.hint(node, here),
          ])
        : undefined,
      first &&
        element(controls[first.type]![0], { ref: `${within}/${listLabelsName(first)}`, appearance: 'label' }, [
          element('label'),
          itemset(first, form.paths.of(first), form),
        ]),
    ]
    const rows = node.children.map(child =>
      child.kind === 'question' && child.choices
        ? control(child, form, triggered.get(child) ?? [], 'list-nolabel')
        : one(child),
    )
    return element('group', { ref, appearance: ['field-list', ...words].join(' ') }, [...head, ...rows])
  }
  const repeat = (node: Repeat): Markup => {
    const here = form.paths.of(node)
    // Inside another repeat, each row counts by its own number.
    const beside = here.repeats.length > 0 ? '../' : here.path.slice(0, here.path.lastIndexOf('/') + 1)
    const count =
      node.count === undefined
        ? undefined
        : isReference(node.count)
          ? toXPath(node.count, here, form.paths)
          : ` ${beside}${countName(node)} `
    return element('group', { ref: here.path }, [
      form.texts.label(node, here),
      element('repeat', { nodeset: here.path, 'jr:count': count, appearance: node.appearance }, [
        ...defaults(node.children, form, 'odk-new-repeat'),
        ...section(node.children),
      ]),
    ])
  }
  return section(form.definition.body).filter(markup => markup !== undefined)
}

/** What is worked out once: when the form begins, rows that it begins with included, or when a row is added. */
export function defaults(
  nodes: readonly FormNode[],
  form: Form,
  event: 'odk-instance-first-load' | 'odk-new-repeat',
): Markup[] {
  return nodes.flatMap(node => {
    if (node.kind === 'group') return defaults(node.children, form, event)
    // A repeat inside a row that is added looks after its own rows.
    if (node.kind === 'repeat') return event === 'odk-new-repeat' ? [] : defaults(node.children, form, event)
    if (node.default === undefined || !isDynamic(node.default, node.type)) return []
    const here = form.paths.of(node)
    return [element('setvalue', { event, ref: here.path, value: toXPath(node.default, here, form.paths) })]
  })
}

function triggers({ definition, paths }: Form): Map<FormNode, Markup[]> {
  const all = new Map<string, Question>()
  const found = new Map<FormNode, Markup[]>()
  const questions: Question[] = []
  const visit = (nodes: readonly FormNode[]): void => {
    for (const node of nodes) {
      if (node.kind !== 'question') visit(node.children)
      else {
        questions.push(node)
        all.set(node.name, node)
      }
    }
  }
  visit(definition.body)
  for (const question of questions) {
    for (const name of question.trigger ?? []) {
      const trigger = all.get(name)
      if (!trigger) flaw('name-unknown', name)
      if (silent.has(trigger.type)) flaw('trigger-silent', name)
      const here = paths.of(question)
      const value = question.calculation === undefined ? undefined : toXPath(question.calculation, here, paths)
      const set = element('setvalue', { event: 'xforms-value-changed', ref: here.path, value })
      found.set(trigger, [...(found.get(trigger) ?? []), set])
    }
  }
  return found
}

function control(node: Question, form: Form, sets: readonly Markup[], appearance = node.appearance): Markup {
  const here = form.paths.of(node)
  const [name, mediatype] = controls[node.type] ?? ['input']
  const attributes: Attributes = {
    ref: here.path,
    appearance,
    mediatype,
    rows: node.type === 'text' ? node.parameters?.rows : undefined,
    ...(node.range ?? {}),
  }
  return element(name, attributes, [
    form.texts.label(node, here),
    form.texts.hint(node, here),
    node.choices ? itemset(node, here, form) : undefined,
    ...sets,
  ])
}

function itemset(node: Question, here: Located, form: Form): Markup {
  const { list, filter, fromFile, randomize } = node.choices!
  const id = fromFile ? instanceId(list) : list
  const filtered = filter === undefined ? '' : `[${toXPath(filter, here, form.paths, true)}]`
  const items = `instance('${id}')/root/item${filtered}`
  const seed = randomize?.seed === undefined ? '' : `, ${toXPath(randomize.seed, here, form.paths)}`
  const own = form.definition.lists.find(other => other.name === list)
  const geo = /\.geojson$/i.test(list)
  const value = fromFile ? (node.parameters?.value ?? (geo ? 'id' : 'name')) : 'name'
  const label = fromFile
    ? (node.parameters?.label ?? (geo ? 'title' : 'label'))
    : own && form.texts.named(own.choices)
      ? 'jr:itext(itextId)'
      : 'label'
  return element('itemset', { nodeset: randomize ? `randomize(${items}${seed})` : items }, [
    element('value', { ref: value }),
    element('label', { ref: label }),
  ])
}
