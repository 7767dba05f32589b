import type { AnswerTree, FormDefinition } from '#platform/forms/definition.ts'
import type { Page, PageMode } from '#platform/forms/pages.ts'
import type { BeginOptions, Session } from '#platform/forms/session.ts'
import type { Problem, QuestionView, RepeatView } from '#platform/forms/view.ts'
import { afterRemoval, inside, questionsIn } from './paths.ts'

export interface InterviewOptions extends BeginOptions {
  /** Paths of questions that the person preferred not to answer. */
  readonly declined?: readonly string[]
  /** Where to go on, as `place` gave it. */
  readonly place?: string | undefined
}

/** A file that stands in an answer. */
export interface KeptFile {
  readonly name: string
  /** bytes */
  readonly size: number
}

/** What an interview gives when it ends, or to whoever keeps a draft. */
export interface Outcome {
  /** Relevant answers that hold. */
  readonly answers: AnswerTree
  readonly declined: readonly string[]
  /** The language the questions were last shown in. */
  readonly language: string
}

/** An interview that is not finished; what begins one again takes it as its options. */
export type FormDraft = Outcome & { readonly place?: string }

export type Away = 'paused' | 'stopped'
/** Where an interview stands once every page was seen. */
export const checkPlace = 'check'

/** As long as a fast writer's keys come one after the other, in ms. */
const rest = 80

/** A form being filled in: its answers, where the interview stands, and all that was typed, whether it holds or not. */
export class Interview {
  readonly definition: FormDefinition
  readonly session: Session
  /** Counts changes, for whoever draws. */
  version = 0
  /** Counts changes of page: focus goes to the new title. */
  moves = 0
  away: Away | undefined
  readonly #listeners = new Set<() => void>()
  /** Typed a moment ago and not worked out yet. */
  readonly #waiting = new Map<string, unknown>()
  /** What stands in a field, and what the form made of it. */
  #typed = new Map<string, { readonly text: string; gave: unknown }>()
  #declined: Set<string>
  #files = new Map<string, KeptFile>()
  #seen = new Set<string>()
  /** Pages that could not be left as they were, and what was wrong then. */
  #tried = new Map<string, readonly Problem[]>()
  /** Rows taken away on this page, which can still be taken back: path of the repeat → keys. */
  readonly #leaving = new Map<string, Set<number>>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #place: string | undefined
  #index = 0
  #checked = false
  /** A row that is being changed, and the page to come back to. */
  #detour: { readonly row: string; readonly back: string } | undefined

  constructor(definition: FormDefinition, session: Session, options: InterviewOptions = {}) {
    this.definition = definition
    this.session = session
    this.#declined = new Set(options.declined)
    this.#place = options.place
    this.#checked = options.place === checkPlace
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly snapshot = (): number => this.version

  #changed(): void {
    this.version++
    for (const listener of this.#listeners) listener()
  }
  #moved(place: string): void {
    if (place === checkPlace) this.#checked = true
    this.#place = place
    this.moves++
    this.#changed()
  }

  // Answers.

  /** Takes what is typed; it is worked out when the writer rests, or before anything else happens. */
  type(path: string, text: string, value: unknown): void {
    this.#typed.set(path, { text, gave: undefined })
    this.#waiting.set(path, value)
    this.#declined.delete(path)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.flush()) this.#changed()
    }, rest)
  }
  /** What stands in a field: as it was typed, unless the answer has become another one since. */
  textOf(view: QuestionView): string | undefined {
    const typed = this.#typed.get(view.path)
    if (!typed) return undefined
    return this.#waiting.has(view.path) || typed.gave === given(view) ? typed.text : undefined
  }
  /** Works out what was typed. @returns whether there was anything */
  flush(): boolean {
    clearTimeout(this.#timer)
    if (this.#waiting.size === 0) return false
    for (const [path, value] of this.#waiting) {
      this.session.set(path, value)
      const typed = this.#typed.get(path)
      const view = this.session.viewAt(path)
      if (typed && view.kind === 'question') typed.gave = given(view)
    }
    this.#waiting.clear()
    return true
  }
  answer(path: string, value: unknown): void {
    this.flush()
    this.#typed.delete(path)
    this.#declined.delete(path)
    this.session.set(path, value)
    this.#changed()
  }
  declined(path: string): boolean {
    return this.#declined.has(path)
  }
  /** The person would rather not say. What stood there is taken away; false takes the refusal back. */
  decline(path: string, declines: boolean): void {
    this.answer(path, null)
    if (declines) this.#declined.add(path)
    this.#changed()
  }
  fileOf(stored: string): KeptFile | undefined {
    return this.#files.get(stored)
  }
  keepFile(path: string, stored: string, file: KeptFile): void {
    this.#files.set(stored, file)
    this.answer(path, stored)
  }
  setLanguage(language: string): void {
    this.flush()
    this.session.setLanguage(language)
    this.#changed()
  }

  // Rows.

  isLeaving = (repeat: string, key: number): boolean => this.#leaving.get(repeat)?.has(key) ?? false
  /** Takes a row away when the page is left; until then it can be taken back. */
  takeRow(repeat: string, key: number, away: boolean): void {
    const keys = this.#leaving.get(repeat) ?? new Set()
    if (away) keys.add(key)
    else keys.delete(key)
    this.#leaving.set(repeat, keys)
    this.#changed()
  }
  /** @returns path of the new row, for who draws rows on one page */
  addRow(repeat: string, mode: PageMode): string | undefined {
    this.#settle()
    const row = this.session.addRow(repeat)
    if (row && mode === 'question') this.#detourTo(row, repeat)
    else this.#changed()
    return row
  }
  /** Leads through the pages of one row and back to the list of rows. */
  changeRow(repeat: string, key: number): void {
    this.#settle()
    const row = (this.session.viewAt(repeat) as RepeatView).rows.find(one => one.key === key)
    if (row) this.#detourTo(row.path, repeat)
    else this.#changed()
  }
  #detourTo(row: string, repeat: string): void {
    const page = this.pages('question').find(one => inside(one.id, row))
    if (page) this.#detour = { row, back: `${repeat}/+` }
    if (page) this.#moved(page.id)
    else this.#changed()
  }
  /** Everything that waits is done, so that the form can be asked. */
  #settle(): void {
    this.flush()
    for (const [repeat, keys] of this.#leaving) {
      const { rows } = this.session.viewAt(repeat) as RepeatView
      for (const [place, row] of [...rows.entries()].reverse())
        if (keys.has(row.key)) this.#removeRow(repeat, place + 1)
    }
    this.#leaving.clear()
  }
  #removeRow(repeat: string, index: number): void {
    this.session.removeRow(repeat, index)
    const move = (path: string) => afterRemoval(path, repeat, index)
    const all = (paths: Iterable<string>) => new Set([...paths].flatMap(path => move(path) ?? []))
    this.#declined = all(this.#declined)
    this.#seen = all(this.#seen)
    this.#tried = new Map([...this.#tried].flatMap(([path, told]) => (move(path) ? [[move(path)!, told]] : [])))
    this.#typed = new Map([...this.#typed].flatMap(([path, typed]) => (move(path) ? [[move(path)!, typed]] : [])))
  }

  // Pages.

  /** Where the interview stands: for a draft to come back to, or for the address. Undefined before the first move. */
  get place(): string | undefined {
    return this.#place
  }

  pages(mode: PageMode): readonly Page[] {
    return this.session.pages(mode)
  }
  /** The page to draw; undefined for the check, and where the form asks nothing. */
  page(mode: PageMode): Page | undefined {
    if (this.#place === checkPlace) return undefined
    const pages = this.pages(mode)
    const place = this.#place ?? pages[0]?.id ?? ''
    const at = pages.findIndex(one => one.id === place)
    // A place of the other way to draw: the page that holds it, or that it holds.
    const near = at >= 0 ? at : pages.findIndex(one => inside(place, one.id) || inside(one.id, place))
    // What was here is no longer asked: on with what stands there now.
    this.#index = near >= 0 ? near : Math.min(this.#index, pages.length - 1)
    return pages[this.#index]
  }
  /** How far the interview is, in [0, 1]. */
  progress(mode: PageMode): number {
    const count = this.pages(mode).length
    return this.#place === checkPlace ? 1 : count === 0 ? 0 : this.#index / count
  }
  tried(id: string): boolean {
    return this.#tried.has(id)
  }
  /**
   * What keeps a page from being left, as it was when that was last tried: a list that changed under somebody who
   * puts it right would take the focus from the field they are writing in. Empty once all of it is put right.
   */
  told(page: Page): readonly Problem[] {
    const told = this.#tried.get(page.id) ?? []
    if (told.length === 0) return told
    const left = new Set(this.problemsOn(page).map(({ path }) => path))
    return told.some(({ path }) => left.has(path)) ? told : []
  }
  problemsOn(page: Page): readonly Problem[] {
    return this.session
      .problems()
      .filter(({ path }) =>
        page.nodes.some(node => (page.kind === 'rows' ? path === node.path : inside(path, node.path))),
      )
  }
  /** @param skip goes on whatever stands there @returns whether it went on */
  next(mode: PageMode, skip = false): boolean {
    this.#settle()
    const page = this.page(mode)
    if (!page) return false
    const problems = skip ? [] : this.problemsOn(page)
    if (problems.length > 0) {
      this.#tried.set(page.id, problems)
      this.#changed()
      return false
    }
    this.#seen.add(page.id)
    const after = this.pages(mode).slice(this.#index + 1)
    const [first] = after
    if (this.#detour && !(first && inside(first.id, this.#detour.row))) {
      const { back } = this.#detour
      this.#detour = undefined
      this.#moved(back)
    } else if (this.#checked && !this.#detour) this.#moved(after.find(one => !this.#seen.has(one.id))?.id ?? checkPlace)
    else this.#moved(first?.id ?? checkPlace)
    return true
  }
  /** @returns false on the first page, which leads out of the form */
  back(mode: PageMode): boolean {
    this.#settle()
    this.#detour = undefined
    const pages = this.pages(mode)
    const before = this.page(mode) ? pages[this.#index - 1] : pages.at(-1)
    if (!before) return false
    this.#moved(before.id)
    return true
  }
  /** Leads to the page that holds a path, as from the check. */
  go(path: string): void {
    this.#settle()
    this.#detour = undefined
    this.#moved(path)
  }
  leave(away: Away | undefined): void {
    this.#settle()
    this.away = away
    this.moves++
    this.#changed()
  }

  // Ends.

  /** What a page keeps to come back to: as it stands, with nothing settled. */
  draft(): FormDraft {
    return { ...this.#outcome(this.session.answers()), ...(this.#place === undefined ? {} : { place: this.#place }) }
  }

  outcome(): Outcome {
    this.#settle()
    return this.#outcome(this.session.answers())
  }
  /** @returns undefined while something keeps the answers from being sent */
  finish(): Outcome | undefined {
    this.#settle()
    if (this.session.problems().length === 0) return this.#outcome(this.session.finish())
    this.#tried.set(checkPlace, [])
    this.#changed()
    return undefined
  }
  #outcome(answers: AnswerTree): Outcome {
    const asked = new Set([...questionsIn([this.session.view()])].filter(one => one.relevant).map(one => one.path))
    const declined = [...this.#declined].filter(path => asked.has(path))
    return { answers, declined, language: this.session.language }
  }
}

const given = (view: QuestionView): unknown => view.typed ?? view.value
