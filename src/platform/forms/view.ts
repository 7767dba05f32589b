import type { Cell } from './cell.ts'
import { give, type ValueProblem } from './codec.ts'
import type { AnswerValue, Media, Question, QuestionType, Texts } from './definition.ts'
import { toBoolean } from './expression/values.ts'
import type { Item } from './lists.ts'
import { pathOf } from './paths.ts'
import { shuffled } from './shuffle.ts'
import { inLanguage } from './texts.ts'

/** Something that keeps an answer from being accepted; `message` is the author's own, where there is one. */
export interface Problem {
  readonly path: string
  readonly code: ProblemCode
  readonly message: string | null
}
export type ProblemCode = ValueProblem | 'required' | 'constraint' | 'too-many-rows' | 'name-unknown' | 'too-much-work'

/** Files for the language in use. */
export interface ShownMedia {
  readonly image: string | null
  readonly audio: string | null
  readonly video: string | null
}

/** What of a node only its language changes. */
export interface Still {
  readonly name: string
  readonly label: string | null
  readonly hint: string | null
  readonly media: ShownMedia | null
  /** Words of `appearance`. */
  readonly appearance: readonly string[]
}
interface Shown extends Still {
  readonly path: string
  /** What is not relevant is not shown and not sent. */
  readonly relevant: boolean
}
/** Views are the same object as before wherever nothing in them has changed. */
export type ViewNode = QuestionView | GroupView | RepeatView | RowView
export interface QuestionView extends Shown {
  readonly kind: 'question'
  readonly type: QuestionType
  readonly question: Question
  readonly guidance: string | null
  readonly required: boolean
  readonly readOnly: boolean
  readonly value: AnswerValue
  /** What was typed where it is no answer; undefined otherwise. */
  readonly typed: unknown
  readonly choices: readonly ChoiceView[] | null
  readonly problems: readonly Problem[]
}
export interface GroupView extends Shown {
  readonly kind: 'group'
  readonly children: readonly ViewNode[]
}
export interface RepeatView extends Shown {
  readonly kind: 'repeat'
  /** The form says how many rows there are, so that nobody adds or removes any. */
  readonly fixed: boolean
  readonly rows: readonly RowView[]
}
export interface RowView extends Shown {
  readonly kind: 'row'
  /** Stays with the row as others come and go. */
  readonly key: number
  readonly children: readonly ViewNode[]
}
export interface ChoiceView {
  readonly name: string
  /** null for the `other` of an `or_other` list, which the renderer words. */
  readonly label: string | null
  readonly media: ShownMedia | null
}

/** Kinds that nobody is asked. */
const silent: ReadonlySet<QuestionType> = new Set(['calculate', 'hidden', 'meta'])

export const isShown = (view: ViewNode): boolean =>
  view.relevant && (view.kind !== 'question' || !silent.has(view.type))

export function viewOf(cell: Cell): ViewNode {
  cell.view ??= cell.memo(() => build(cell))
  return cell.view.get()
}

function build(cell: Cell): ViewNode {
  const { node } = cell.spot
  const { instance } = cell
  if (node?.kind === 'question') return questionView(cell, node)
  const shown: Shown = { path: pathOf(cell), ...instance.still(cell, () => stillOf(cell)), relevant: cell.isRelevant() }
  if (node?.kind === 'repeat' && !cell.isRow) {
    cell.source.read()
    return {
      kind: 'repeat',
      ...shown,
      fixed: node.count !== undefined,
      rows: cell.rows.map(row => viewOf(row) as RowView),
    }
  }
  const children = cell.inner.map(viewOf)
  return cell.isRow ? { kind: 'row', ...shown, key: cell.key, children } : { kind: 'group', ...shown, children }
}

function stillOf(cell: Cell): Still {
  const { instance } = cell
  const { node } = cell.spot
  return {
    name: cell.spot.name,
    label: instance.words(cell, node?.label ?? (node ? undefined : instance.program.definition.title)),
    hint: instance.words(cell, node?.hint),
    media: media(cell, node?.media),
    appearance: node?.appearance?.split(/\s+/).filter(Boolean) ?? [],
  }
}

function questionView(cell: Cell, question: Question): QuestionView {
  const { name, label, hint, media, appearance } = cell.instance.still(cell, () => stillOf(cell))
  const { required, readOnly, problems } = stateOf(cell)
  return {
    kind: 'question',
    path: pathOf(cell),
    name,
    label,
    hint,
    media,
    appearance,
    relevant: cell.isRelevant(),
    type: question.type,
    question,
    guidance: question.guidance ? cell.instance.words(cell, question.guidance) : null,
    required,
    readOnly,
    value: give(question, cell.text()),
    typed: cell.typed?.text,
    choices: cell.rules.list ? choiceViews(cell) : null,
    problems,
  }
}

export interface QuestionState {
  readonly required: boolean
  readonly readOnly: boolean
  readonly problems: readonly Problem[]
}
const none: readonly Problem[] = []

export function stateOf(cell: Cell): QuestionState {
  const { required, readOnly, constraint } = cell.rules
  // Nothing to work out, and so nothing worth keeping.
  if (!required && !readOnly && !constraint) return judge(cell)
  cell.state ??= cell.memo(() => judge(cell))
  return cell.state.get()
}

function judge(cell: Cell): QuestionState {
  const { instance, rules } = cell
  const question = cell.question!
  const required = rules.required !== undefined && toBoolean(instance.evaluate(cell, rules.required.run))
  const readOnly =
    question.type === 'note' || (rules.readOnly !== undefined && toBoolean(instance.evaluate(cell, rules.readOnly.run)))
  let problems = none
  const add = (code: ProblemCode, texts?: Texts) => {
    problems = [{ path: pathOf(cell), code, message: instance.words(cell, texts) }]
  }
  cell.typing.read()
  if (cell.isRelevant()) {
    const text = cell.text()
    const { constraint } = rules
    if (cell.typed) add(cell.typed.problem)
    else if (text === '') {
      if (required && question.type !== 'note' && !silent.has(question.type)) add('required', question.requiredMessage)
    } else if (constraint && !toBoolean(instance.evaluate(cell, constraint.run)))
      add('constraint', question.constraintMessage)
  }
  return { required, readOnly, problems }
}

/** Everything wrong at a cell and in it, in the order of the form. */
export function problemsOf(cell: Cell): readonly Problem[] {
  if (cell.question) return stateOf(cell).problems
  cell.problems ??= cell.memo((): readonly Problem[] => {
    if (!cell.isRelevant()) return []
    cell.source.read()
    const inside = [...cell.inner, ...cell.rows].flatMap(problemsOf)
    return cell.overfull ? [{ path: pathOf(cell), code: 'too-many-rows' as const, message: null }, ...inside] : inside
  })
  return cell.problems.get()
}

/** Choices that may be chosen now, in the order they are drawn in. */
export function inOrder(cell: Cell): readonly Item[] {
  const { instance } = cell
  const offered = cell.offered()
  if (!cell.question!.choices?.randomize) return offered
  const { seed } = cell.rules
  return shuffled(offered, seed ? instance.evaluate(cell, seed.run) : undefined, instance)
}

function choiceViews(cell: Cell): readonly ChoiceView[] {
  const { instance } = cell
  const ordered = inOrder(cell)
  instance.languageChanged.read()
  const { language } = instance
  return ordered.map(item => {
    const known = instance.choiceViews.get(item)
    if (known && known.language === language) return known.view
    const view = choiceView(cell, item)
    const written = inLanguage(item.choice.label, language, instance.program.definition.defaultLanguage)
    // A label with answers in it is another one in every row.
    if (written === null || !cell.rules.filled.has(written)) instance.choiceViews.set(item, { language, view })
    return view
  })
}

const choiceView = (cell: Cell, { choice }: Item): ChoiceView => ({
  name: choice.name,
  label: cell.instance.words(cell, choice.label) ?? (choice.name === 'other' ? null : choice.name),
  media: media(cell, choice.media),
})

function media(cell: Cell, files: Media | undefined): ShownMedia | null {
  if (!files) return null
  const { instance } = cell
  instance.languageChanged.read()
  const one = (texts: Texts | undefined) =>
    inLanguage(texts, instance.language, instance.program.definition.defaultLanguage)
  return { image: one(files.image), audio: one(files.audio), video: one(files.video) }
}
