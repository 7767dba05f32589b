import { collect, empty, fill, type Report } from './answers.ts'
import { admit, type Cell } from './cell.ts'
import { take } from './codec.ts'
import type { Program } from './compile.ts'
import type { AnswerTree } from './definition.ts'
import { zoneOf } from './expression/moments.ts'
import { toText, words } from './expression/values.ts'
import { type DeviceFacts, Instance } from './instance.ts'
import { type Page, type PageMode, pagesOf } from './pages.ts'
import { type AnswerPath, cellAt, pathOf } from './paths.ts'
import { type GroupView, inOrder, type Problem, problemsOf, stateOf, type ViewNode, viewOf } from './view.ts'

export interface BeginOptions {
  /** Answers to go on with: nothing but these is filled in, defaults do not come back. */
  readonly answers?: unknown
  /** What is known beforehand, put over the defaults of a new set of answers. */
  readonly prefill?: AnswerTree
  /** A language of the form; its default otherwise. */
  readonly language?: string
  /** The clock; a Date stands still. The machine's otherwise. */
  readonly now?: Date | (() => Date)
  /** IANA name; the machine's otherwise. */
  readonly timeZone?: string
  readonly device?: DeviceFacts
  /** In [0, 1), for random(), uuid() and mixed choices. */
  readonly random?: () => number
  /** Told what in `answers` or `prefill` could not be used. */
  readonly report?: Report
}

/** One set of answers being given. Paths: `group/repeat[2]/name`, rows from 1. */
export interface Session {
  readonly language: string
  /**
   * Answers a question; null takes the answer away. Numbers, dates and choices may come as typed text; what is no
   * answer is kept as `typed` with a problem. @returns whether it may be answered: read-only and calculated may not.
   * @throws FormFlaw path-unknown, too-much-work
   */
  set(path: AnswerPath, value: unknown): boolean
  /** @returns path of the new last row; undefined where there may be no more, or the form says how many there are */
  addRow(path: AnswerPath): string | undefined
  /** @param index from 1 @returns whether there was such a row to remove */
  removeRow(path: AnswerPath, index: number): boolean
  setLanguage(language: string): void
  /** The form as it is to be drawn now. Parts that have not changed are the same objects as before. */
  view(): GroupView
  viewAt(path: AnswerPath): ViewNode
  pages(mode: PageMode): readonly Page[]
  /** What may be sent: relevant answers. */
  answers(): AnswerTree
  /** Notes the end where the form asks for it, and gives the answers. */
  finish(): AnswerTree
  problems(): readonly Problem[]
  /** Works everything out anew; gives what incremental working out has given. */
  renew(): void
  /** The form's `instance_name` with answers in it; null without one. */
  readonly instanceName: string | null
}

const chance = () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32

/** @throws FormFlaw too-much-work; RangeError for an unknown time zone */
export function begin(program: Program, options: BeginOptions = {}): Session {
  const { definition } = program
  const { now, language } = options
  const setting = {
    now: now instanceof Date ? () => now : (now ?? (() => new Date())),
    zone: zoneOf(options.timeZone),
    random: options.random ?? chance,
    device: options.device ?? {},
  }
  const known = language !== undefined && definition.languages.includes(language)
  const instance = new Instance(program, setting, known ? language : definition.defaultLanguage)
  const report = options.report ?? (() => {})
  instance.onRow = (row, answers) => {
    if (answers === undefined) populate(row)
    else {
      empty(row)
      fill(row, answers, pathOf(row), report)
    }
  }
  const { root } = instance
  if (options.answers === undefined) populate(root)
  else empty(root)
  if (options.answers !== undefined) fill(root, options.answers, '', report)
  if (options.prefill) fill(root, options.prefill, '', report)
  instance.settle()
  if (options.answers !== undefined || options.prefill) check(instance, report)
  instance.begun = true
  return sessionOf(instance)
}

/** What only shows once everything is worked out: choices that are not offered, rows that a count has no place for. */
function check(instance: Instance, report: Report): void {
  for (const cell of cells(instance.root)) {
    if (cell.pending.length > cell.rows.length) report(pathOf(cell), 'too-many-rows')
    if (!cell.rules.list || cell.stored === '' || !cell.isRelevant()) continue
    const kept = admit(cell.question!, cell.stored, cell.offered())
    if (kept === cell.stored) continue
    if (kept === '' || words(cell.stored).some(name => !words(kept).includes(name))) report(pathOf(cell), 'not-choice')
    cell.store(kept)
  }
  instance.settle()
}

/** What a new set of answers, or a new row, starts with: facts of the device, and first rows as in ODK's forms. */
function populate(cell: Cell): void {
  for (const child of cell.inner) {
    if (child.question?.type === 'meta') child.stored = fact(child)
    else if (child.spot.node?.kind === 'group') populate(child)
    else if (child.spot.node?.kind === 'repeat' && !child.rules.count && child.first) child.addRow()
  }
}

function fact({ instance, question }: Cell): string {
  const { device } = instance.setting
  const meta = question?.meta
  switch (meta) {
    case 'start':
      return instance.now().text
    case 'today':
      return instance.now().midnight.text
    case undefined:
    case 'end':
    case 'audit':
      return ''
    default:
      return device[meta] ?? ''
  }
}

function sessionOf(instance: Instance): Session {
  const { graph, root, program } = instance
  const change = (work: () => void) => {
    graph.begin()
    work()
    instance.settle()
  }
  const look = <T>(work: () => T): T => {
    graph.begin()
    return work()
  }
  const repeatAt = (path: AnswerPath) => {
    const cell = cellAt(root, path)
    return cell.spot.node?.kind === 'repeat' && !cell.isRow && !cell.rules.count ? cell : undefined
  }
  const { instanceName } = program
  return {
    get language() {
      return instance.language
    },
    get instanceName() {
      return instanceName ? look(() => toText(instance.evaluate(root, instanceName.run))) : null
    },
    set(path, value) {
      const cell = cellAt(root, path)
      if (!mayAnswer(cell)) return false
      change(() => answer(cell, value))
      return true
    },
    addRow(path) {
      const repeat = repeatAt(path)
      let row: Cell | undefined
      if (repeat) change(() => (row = repeat.addRow()))
      return row && pathOf(row)
    },
    removeRow(path, index) {
      const repeat = repeatAt(path)
      let removed = false
      if (repeat) change(() => (removed = repeat.removeRow(index - 1)))
      return removed
    },
    setLanguage(language) {
      if (language === instance.language || !program.definition.languages.includes(language)) return
      change(() => {
        instance.language = language
        instance.languageChanged.changed()
      })
    },
    view: () => look(() => viewOf(root) as GroupView),
    viewAt: path => look(() => viewOf(cellAt(root, path))),
    pages: mode => look(() => pagesOf(viewOf(root) as GroupView, mode)),
    answers: () => look(() => collect(root)),
    finish() {
      change(() => {
        for (const cell of cells(root)) if (cell.question?.meta === 'end') cell.store(instance.now().text)
      })
      return look(() => collect(root))
    },
    problems: () => look(() => problemsOf(root)),
    renew() {
      change(() => {
        for (const cell of cells(root)) for (const memo of cell.memos) memo.doubt(2)
      })
    },
  }
}

function* cells(cell: Cell): Generator<Cell> {
  yield cell
  for (const child of [...cell.inner, ...cell.rows]) yield* cells(child)
}

function mayAnswer(cell: Cell): boolean {
  const { question } = cell
  if (!question || question.type === 'calculate' || question.type === 'note') return false
  return !stateOf(cell).readOnly
}

function answer(cell: Cell, value: unknown): void {
  const taken = chosen(cell, value)
  if (typeof taken === 'string') cell.store(taken)
  else cell.store('', { text: value, problem: taken.problem })
}

/** The answer as it is kept, with only choices that are offered, in the order they are drawn in. */
function chosen(cell: Cell, value: unknown): ReturnType<typeof take> {
  const question = cell.question!
  const taken = take(question, value)
  if (typeof taken !== 'string' || taken === '' || !cell.rules.list) return taken
  const items = cell.offered()
  const kept = admit(question, taken, items)
  if (question.type === 'select-one') return kept === '' ? { problem: 'not-choice' } : kept
  const picked = new Set(words(taken))
  const offered = new Set(words(kept))
  if ([...picked].some(name => !offered.has(name))) return { problem: 'not-choice' }
  if (question.type === 'rank') return kept
  return [...new Set(inOrder(cell).map(item => item.choice.name))].filter(name => picked.has(name)).join(' ')
}
