import { type ChoiceList, type Flaw, type FormDefinition, type FormNode, limits } from './definition.ts'
import { type Compiled, compileExpression, type PatternMaker, type Surroundings } from './expression/bind.ts'
import { FormFlaw, short } from './flaw.ts'
import { ListTable } from './lists.ts'
import { order, type Ranks } from './order.ts'
import { type Outline, outline } from './outline.ts'
import { columns, type Rules, rulesOf } from './rules.ts'

/** A form ready to be filled in, any number of times at once; holds no answers. */
export interface Program {
  readonly definition: FormDefinition
  readonly outline: Outline
  readonly lists: ReadonlyMap<string, ListTable>
  /** By `Spot.index`. */
  readonly rules: readonly Rules[]
  readonly ranks: readonly Ranks[]
  readonly instanceName: Compiled | undefined
  /** What is most likely not meant: column-unknown (a choice_filter names a column that the list has not). */
  readonly warnings: readonly Flaw[]
}

export interface CompileOptions {
  /** Engine of `regex()`, from pattern.ts; needed where `usesPatterns` says so. */
  readonly pattern?: PatternMaker
}

/** Whether `compile` needs `{ pattern }`. Says yes too where only a label mentions regex(. */
export const usesPatterns = (definition: FormDefinition): boolean => /regex\s*\(/.test(JSON.stringify(definition))

/**
 * Checks everything that can be checked before anybody answers: names, functions, cycles, sizes.
 * @throws FormFlaw with all flaws found (at most 200), each with the row and column it stands in
 */
export function compile(definition: FormDefinition, options: CompileOptions = {}): Program {
  const flaws: Flaw[] = []
  const warnings: Flaw[] = []
  const sized = outline(definition)
  flaws.push(...sized.flaws, ...sizes(definition))
  // Nothing below may take long, so what is too large is not looked into.
  refuse(flaws)
  const lists = tables(definition, sized.outline)
  const around = { outline: sized.outline, lists, pattern: options.pattern }
  const rules = sized.outline.spots.map(spot => rulesOf({ ...around, from: spot }, flaws, warnings))
  const ranks = order(sized.outline, rules, flaws)
  work(rules, flaws)
  const instanceName = nameOf(definition, { ...around, from: sized.outline.root }, flaws)
  refuse(flaws)
  return { definition, outline: sized.outline, lists, rules, ranks, instanceName, warnings: warnings.slice(0, 200) }
}

function nameOf({ instanceName }: FormDefinition, around: Surroundings, flaws: Flaw[]): Compiled | undefined {
  if (!instanceName?.trim()) return undefined
  try {
    return compileExpression(instanceName, around)
  } catch (error) {
    if (!(error instanceof FormFlaw)) throw error
    flaws.push(...error.flaws.map(flaw => ({ ...flaw, sheet: 'settings', column: 'instance_name' })))
    return undefined
  }
}

function refuse(flaws: readonly Flaw[]): void {
  const [first, ...rest] = flaws.slice(0, 200)
  if (first) throw new FormFlaw(first, ...rest)
}

function sizes(definition: FormDefinition): Flaw[] {
  const flaws: Flaw[] = []
  const choices = definition.lists.reduce((sum, list) => sum + list.choices.length, 0)
  if (choices > limits.choices)
    flaws.push({ code: 'too-many-choices', sheet: 'choices', detail: String(limits.choices) })
  if (definition.languages.length > limits.languages)
    flaws.push({ code: 'too-many-languages', detail: String(limits.languages) })
  if (definition.languages.length === 0) flaws.push({ code: 'language-missing' })
  return flaws
}

function tables(definition: FormDefinition, { spots }: Outline): ReadonlyMap<string, ListTable> {
  const open = new Set(
    spots.map(({ node }) => (node?.kind === 'question' && node.choices?.orOther ? node.choices.list : '')),
  )
  const complete = (list: ChoiceList): ChoiceList =>
    open.has(list.name) && !list.choices.some(choice => choice.name === 'other')
      ? { ...list, choices: [...list.choices, { name: 'other', label: {}, columns: {} }] }
      : list
  return new Map(definition.lists.map(list => [list.name, new ListTable(complete(list), definition.defaultLanguage)]))
}

/** Refuses what could take too long with all rows that a form allows. */
function work(rules: readonly Rules[], flaws: Flaw[]): void {
  let total = 0
  for (const { spot, ...rest } of rules) {
    for (const [kind, rule] of Object.entries(rest)) {
      if (typeof rule !== 'object' || !('cost' in rule)) continue
      const cost = spot.most * (rule.cost + 1)
      total += cost
      if (cost > limits.work) flaws.push(heavy(spot.node!, kind))
    }
  }
  if (total > limits.work && flaws.length === 0) flaws.push({ code: 'too-much-work', sheet: 'survey' })
}

const heavy = (node: FormNode, kind: string): Flaw => ({
  code: 'too-much-work',
  ...node.at,
  column: columns[kind as keyof typeof columns],
  detail: short(node.name),
})
