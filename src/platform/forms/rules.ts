import { type Flaw, limits, type Question, type Texts } from './definition.ts'
import { type Compiled, compileExpression, compileFilter, type Surroundings } from './expression/bind.ts'
import { isDynamic } from './expression/dynamic.ts'
import { isReference, resolveReference } from './expression/paths.ts'
import type { Evaluate } from './expression/values.ts'
import { FormFlaw, short } from './flaw.ts'
import type { ListTable } from './lists.ts'
import type { Spot } from './outline.ts'
import { template } from './texts.ts'

/** A text with answers in it; by the text as written, as languages may share one. */
export type Filled = ReadonlyMap<string, readonly (string | Evaluate)[]>

export interface Rules {
  readonly spot: Spot
  readonly relevant?: Compiled
  readonly required?: Compiled
  readonly readOnly?: Compiled
  readonly constraint?: Compiled
  readonly calculation?: Compiled
  readonly triggers?: readonly Compiled[]
  readonly default?: Compiled
  /** A default that stands for itself. */
  readonly preset?: string
  readonly count?: Compiled
  /** The count is nothing but an answer. */
  readonly countIsAnswer?: boolean
  readonly seed?: Compiled
  readonly list?: ListTable
  readonly filter?: ReturnType<typeof compileFilter>
  readonly filled: Filled
}

/** Columns of XLSForm by what they are here. */
export const columns = {
  relevant: 'relevant',
  required: 'required',
  readOnly: 'read_only',
  constraint: 'constraint',
  calculation: 'calculation',
  default: 'default',
  count: 'repeat_count',
  trigger: 'trigger',
  filter: 'choice_filter',
  seed: 'parameters',
  label: 'label',
  hint: 'hint',
  guidance: 'guidance_hint',
  requiredMessage: 'required_message',
  constraintMessage: 'constraint_message',
} as const

/** Everything that a node says of itself, ready to be worked out; what does not hold is told and left out. */
export function rulesOf(around: Surroundings, flaws: Flaw[], warnings: Flaw[]): Rules {
  const { node } = around.from
  if (!node) return { spot: around.from, filled: new Map() }
  const attempt = <T>(column: string, work: () => T): T | undefined => {
    try {
      const done = work()
      if (typeof done === 'object' && done && 'warnings' in done) {
        for (const warning of done.warnings as Flaw[]) warnings.push({ ...warning, ...node.at, column })
      }
      return done
    } catch (error) {
      if (!(error instanceof FormFlaw)) throw error
      flaws.push(
        ...error.flaws.map(flaw => ({
          ...flaw,
          ...node.at,
          column,
          ...(flaw.detail ? {} : { detail: short(node.name) }),
        })),
      )
      return undefined
    }
  }
  const expression = (column: keyof typeof columns, text: string | undefined) =>
    text === undefined || text.trim() === ''
      ? undefined
      : attempt(columns[column], () => compileExpression(text, around))
  const relevant = expression('relevant', node.relevant)
  const filled = new Map<string, readonly (string | Evaluate)[]>()
  const fill = (column: keyof typeof columns, texts: Texts | undefined) => {
    for (const text of new Set(Object.values(texts ?? {}))) {
      if (text.length > limits.textLength) attempt(columns[column], () => tooLong())
      const pieces = template(text)
      if (!pieces || filled.has(text)) continue
      const bound = pieces.map(piece =>
        typeof piece === 'string'
          ? piece
          : attempt(columns[column], () => compileExpression(`\${${piece.name}}`, around).run),
      )
      filled.set(
        text,
        bound.filter(piece => piece !== undefined),
      )
    }
  }
  fill('label', node.label)
  fill('hint', node.hint)
  const shared = { spot: around.from, filled, ...(relevant && { relevant }) }
  if (node.kind === 'group') return shared
  if (node.kind === 'repeat') {
    const count = expression('count', node.count)
    return { ...shared, ...(count && { count, countIsAnswer: isReference(node.count!) }) }
  }
  fill('guidance', node.guidance)
  fill('requiredMessage', node.requiredMessage)
  fill('constraintMessage', node.constraintMessage)
  return { ...shared, ...questionRules(node, around, expression, attempt, fill) }
}

function questionRules(
  node: Question,
  around: Surroundings,
  expression: (column: keyof typeof columns, text: string | undefined) => Compiled | undefined,
  attempt: <T>(column: string, work: () => T) => T | undefined,
  fill: (column: keyof typeof columns, texts: Texts | undefined) => void,
): Partial<Rules> {
  const dynamic = node.default !== undefined && isDynamic(node.default, node.type)
  const { choices } = node
  const list = choices && attempt('type', () => listOf(choices.list, choices.fromFile, node, around))
  for (const item of list?.items ?? []) fill('label', item.choice.label)
  const found: { [Name in keyof Rules]?: Rules[Name] | undefined } = {
    required: expression('required', node.required),
    readOnly: expression('readOnly', node.readOnly),
    constraint: expression('constraint', node.constraint),
    calculation: expression('calculation', node.calculation),
    default: dynamic ? expression('default', node.default) : undefined,
    preset: dynamic ? undefined : node.default,
    seed: expression('seed', choices?.randomize?.seed),
    list,
    triggers: node.trigger?.flatMap(name => {
      const trigger = attempt(columns.trigger, () => {
        resolveReference(around.outline, name)
        return compileExpression(`\${${name}}`, around)
      })
      return trigger ?? []
    }),
    filter:
      list && choices?.filter?.trim()
        ? attempt(columns.filter, () => compileFilter(choices.filter!, list, around))
        : undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

function listOf(name: string, fromFile: true | undefined, node: Question, { lists }: Surroundings): ListTable {
  const refuseList = (code: string, detail: string): never => {
    throw new FormFlaw({ code, detail: short(detail) })
  }
  if (name.includes('${')) refuseList('choices-from-answers', name)
  const list = lists.get(name) ?? refuseList(fromFile ? 'file-missing' : 'list-unknown', name)
  const many = node.type === 'select-multiple' || node.type === 'rank'
  const spaced = many && list.items.find(item => /\s/.test(item.choice.name))
  if (spaced) refuseList('choice-with-space', spaced.choice.name)
  if (node.choices?.orOther && node.choices.filter) refuseList('other-with-filter', name)
  return list
}

function tooLong(): never {
  throw new FormFlaw({ code: 'text-too-long', detail: String(limits.textLength) })
}
