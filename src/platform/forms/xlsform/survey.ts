import { type FormNode, type Group, limits, type Repeat } from '../definition.ts'
import { Cells, isYes } from './cells.ts'
import type { Column, Field } from './headers.ts'
import { loopBody } from './loop.ts'
import { type Context, nameOf, questionsOf } from './question.ts'
import { type Phrase, phraseOf } from './types.ts'
import type { Row } from './workbook.ts'

interface Open {
  readonly what: 'group' | 'repeat' | 'loop' | 'form'
  readonly name: string
  readonly cells: Cells | undefined
  readonly list?: string
  readonly children: FormNode[]
  readonly names: Set<string>
}

/** Cells that would change what a group means; a filled one refuses the form rather than be passed over. */
const foreignToGroups: ReadonlySet<Field> = new Set<Field>([
  'constraint',
  'calculation',
  'default',
  'read_only',
  'choice_filter',
  'trigger',
])
const unusedInGroups: readonly Field[] = [
  ...foreignToGroups,
  'guidance_hint',
  'required',
  'required_message',
  'constraint_message',
  'parameters',
  'rows',
]

/** The body of a form from the rows of its survey sheet. */
export function bodyOf(sheet: string, columns: readonly Column[], rows: readonly Row[], context: Context): FormNode[] {
  const { findings } = context
  const form: Open = { what: 'form', name: '', cells: undefined, children: [], names: new Set() }
  const stack: Open[] = [form]
  const needed = context.defaultNamed ? context.defaultLanguage : undefined
  let nodes = 0
  for (const row of rows) {
    if (findings.full) break
    const cells = new Cells(sheet, columns, row, findings, needed)
    if (isYes(cells.code('disabled'))) continue
    const type = cells.code('type')
    if (type === '') {
      if (cells.code('name') !== '' || cells.texts('label')) findings.refuse('type-missing', cells.spot('type'))
      else findings.warn('row-skipped', cells.spot())
      continue
    }
    const phrase = phraseOf(type)
    if (++nodes > limits.nodes) {
      findings.refuse('too-many-nodes', cells.spot(), String(limits.nodes))
      break
    }
    if (phrase.kind === 'end') close(stack, phrase.what, cells, context)
    else if (phrase.kind === 'refused') findings.refuse(phrase.code, cells.spot('type'), type)
    else {
      if (cells.has('save_to')) findings.refuse('column-not-supported', cells.spot('save_to'))
      if (phrase.kind === 'begin') begin(stack, phrase, cells, context)
      else add(stack.at(-1)!, questionsOf(phrase, cells, context), cells, context)
    }
  }
  for (const left of findings.full ? [] : stack.slice(1)) {
    findings.refuse('not-closed', left.cells?.spot('type'), `${left.what} ${left.name}`)
  }
  return form.children
}

function add(parent: Open, found: readonly FormNode[], cells: Cells, { findings }: Context): void {
  for (const node of found) {
    if (parent.names.has(node.name)) findings.refuse('name-twice', cells.spot('name'), node.name)
    parent.names.add(node.name)
    parent.children.push(node)
  }
}

function begin(stack: Open[], phrase: Phrase & { kind: 'begin' }, cells: Cells, context: Context): void {
  // A group without a usable name is opened all the same, so that its end finds it.
  const name = nameOf(cells, context) ?? ''
  if (stack.length > limits.depth) context.findings.refuse('too-deep', cells.spot('type'), String(limits.depth))
  stack.push({
    what: phrase.what,
    name,
    cells,
    ...(phrase.list ? { list: phrase.list } : {}),
    children: [],
    names: new Set(),
  })
}

function close(stack: Open[], what: 'group' | 'repeat' | 'loop', cells: Cells, context: Context): void {
  const top = stack.at(-1)!
  if (top.what !== what) {
    const opened = top.cells ? `${top.what} ${top.name} (${top.cells.number})` : ''
    context.findings.refuse('end-unmatched', cells.spot('type'), opened === '' ? what : `${what} ≠ ${opened}`)
    // The end of something further out closes what was left open in it, so that one slip is told once.
    const outer = stack.findLastIndex(open => open.what === what)
    if (outer > 0) stack.length = outer
    return
  }
  stack.pop()
  const begun = top.cells!
  if (top.name === '') return
  add(stack.at(-1)!, [sectionOf(top, begun, context)], begun, context)
}

function sectionOf(open: Open, cells: Cells, context: Context): Group | Repeat {
  const { findings } = context
  cells.unused(unusedInGroups, foreignToGroups)
  const children = open.what === 'loop' ? loopBody(open.children, open.list!, cells, context) : open.children
  if (children.length === 0) findings.warn('group-empty', cells.spot('type'), open.name)
  const shared = { ...context.named(open.name, cells), children }
  if (open.what !== 'repeat') {
    if (cells.has('repeat_count')) findings.warn('cell-not-used', cells.spot('repeat_count'), cells.plain('type'))
    return { kind: 'group', ...shared }
  }
  const count = cells.code('repeat_count')
  return { kind: 'repeat', ...(count === '' ? {} : { count }), ...shared }
}
