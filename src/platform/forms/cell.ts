import { fit, type ValueProblem } from './codec.ts'
import { limits, type Question } from './definition.ts'
import { type At, toBoolean, toNumber, toText, words, type XNode } from './expression/values.ts'
import { Memo, Source } from './graph.ts'
import type { Instance } from './instance.ts'
import type { Item } from './lists.ts'
import type { Spot } from './outline.ts'
import type { Rules } from './rules.ts'
import type { Problem, QuestionState, ViewNode } from './view.ts'

/** One question, group, repeat or row of a set of answers. A repeat holds `rows`, all others that hold any `inner` cells. */
export class Cell implements XNode {
  readonly instance: Instance
  readonly spot: Spot
  readonly rules: Rules
  readonly parent: Cell | null
  readonly isRow: boolean
  readonly question: Question | undefined
  readonly inner: readonly Cell[]
  /** Itself as a set of nodes, made once as it is asked for at every step. */
  readonly #alone: readonly Cell[] = [this]
  rows: Cell[] = []
  /** Of a row: its place from 0, and a number that stays its own. */
  place0 = 0
  readonly key: number
  /** Stands in what the form itself begins with, where every repeat has a row; rows added later begin without. */
  readonly first: boolean
  /** Changes with `stored` or `rows`. */
  readonly source: Source
  /** Changes with `typed`. */
  readonly typing: Source
  stored = ''
  /** What was typed and is no answer, kept so that it can be shown and mended. */
  typed: { readonly text: unknown; readonly problem: ValueProblem } | undefined
  /** Its answer was brought along, so that neither a default nor a first calculation replaces it. */
  given = false
  /** Its answer was worked out elsewhere from what only that place knew. */
  pinned = false
  gone = false
  /** Answers for rows that a count has not made yet. */
  pending: readonly unknown[] = []
  overfull = false
  readonly #gate: Memo<boolean> | null
  readonly #value: Memo<string> | undefined
  readonly #choices: Memo<readonly Item[]> | undefined
  readonly memos: Memo<unknown>[] = []
  /** Where its expressions stand, made once. */
  at: At | undefined
  view: Memo<ViewNode> | undefined
  state: Memo<QuestionState> | undefined
  problems: Memo<readonly Problem[]> | undefined
  #lastCalculation: string | undefined
  #lastTrigger: string | undefined
  #wasRelevant = false
  #counted = false

  constructor(instance: Instance, spot: Spot, parent: Cell | null, isRow = false) {
    this.instance = instance
    this.spot = spot
    this.rules = instance.program.rules[spot.index]!
    this.parent = parent
    this.isRow = isRow
    this.key = isRow ? ++instance.keys : 0
    this.first =
      parent === null ||
      (parent.first && (!isRow || (parent.rows.length === 0 && (!instance.begun || this.rules.count !== undefined))))
    this.source = new Source(instance.graph)
    this.typing = new Source(instance.graph)
    const { node } = spot
    this.question = node?.kind === 'question' ? node : undefined
    const ranks = instance.program.ranks[spot.index]!
    const above = parent ? parent.#gate : null
    const { relevant, calculation, triggers, filter, count } = this.rules
    this.#gate =
      relevant && !isRow
        ? this.memo(
            () => (above ? above.get() : true) && toBoolean(instance.evaluate(this, relevant.run)),
            ranks.relevant,
          )
        : above
    if (filter) this.#choices = this.memo(() => instance.evaluate(this, filter.run), undefined, sameItems)
    if (calculation || triggers || filter) this.#value = this.memo(() => this.#work(), ranks.value)
    if (this.question) {
      if (this.rules.preset !== undefined) this.stored = this.fit(this.rules.preset)
      if (this.rules.default) instance.fresh.push(this)
    }
    const isRepeat = node?.kind === 'repeat' && !isRow
    this.inner = isRepeat ? [] : spot.kids.map(kid => new Cell(instance, kid, this))
    if (count && isRepeat) this.memo(() => this.#recount(), ranks.rows)
  }

  memo<T>(compute: () => T, rank?: number, same?: (a: T, b: T) => boolean): Memo<T> {
    const memo = new Memo(this.instance.graph, compute, rank, same)
    this.memos.push(memo as Memo<unknown>)
    return memo
  }

  isRelevant(): boolean {
    return this.#gate === null || this.#gate.get()
  }

  text(): string {
    if (!this.question) return ''
    if (!this.#value) {
      this.source.read()
      return this.isRelevant() ? this.stored : ''
    }
    // A calculation that looks at its own answer sees what it was.
    return this.#value.running ? this.stored : this.#value.get()
  }

  up(): Cell | null {
    return this.isRow ? this.parent!.parent : this.parent
  }

  kids(name: string): readonly Cell[] {
    if (name === '*') return this.inner.flatMap(cell => cell.#asNodes())
    const cell = this.child(name)
    return cell ? cell.#asNodes() : this.rows.flatMap(row => row.kids(name))
  }

  #asNodes(): readonly Cell[] {
    if (this.isRow || this.spot.node?.kind !== 'repeat') return this.#alone
    this.source.read()
    return this.rows
  }

  place(): number {
    if (!this.isRow) return 1
    this.parent!.source.read()
    return this.place0 + 1
  }

  child(name: string): Cell | undefined {
    const spot = this.spot.byName.get(name)
    return spot && this.inner[spot.place]
  }

  fit(text: string): string {
    const fitted = fit(this.question!, text)
    return this.rules.list && !this.rules.filter ? admit(this.question!, fitted, this.rules.list.items) : fitted
  }

  store(text: string, typed?: Cell['typed']): void {
    this.stored = text
    if (typed !== this.typed) {
      this.typed = typed
      this.typing.changed()
    }
    this.source.changed()
  }

  /** Choices that may be chosen now, in the order of the list. */
  offered(): readonly Item[] {
    return this.#choices?.get() ?? this.rules.list?.items ?? []
  }

  #work(): string {
    const { calculation, triggers, filter } = this.rules
    this.source.read()
    const relevant = this.isRelevant()
    if (triggers) this.#fire(triggers.map(trigger => toText(this.instance.evaluate(this, trigger.run))).join('\u0000'))
    else if (calculation && relevant && !this.pinned) {
      const text = toText(this.instance.evaluate(this, calculation.run))
      const keep = this.given && this.#lastCalculation === undefined
      // As in ODK: a person's own answer stands until what it is calculated from changes.
      if (!keep && (text !== this.#lastCalculation || !this.#wasRelevant)) {
        this.stored = this.fit(text)
        this.#untype()
      }
      this.#lastCalculation = text
    }
    this.#wasRelevant = relevant
    if (!relevant) return ''
    return filter ? admit(this.question!, this.stored, this.offered()) : this.stored
  }

  #untype(): void {
    if (this.typed === undefined) return
    this.typed = undefined
    this.typing.changed()
  }

  #fire(now: string): void {
    const before = this.#lastTrigger
    this.#lastTrigger = now
    if (!this.instance.begun || before === undefined || before === now || this.pinned) return
    const { calculation } = this.rules
    this.stored = calculation ? this.fit(this.instance.untracked(this, calculation.run)) : ''
    this.#untype()
  }

  #recount(): number {
    // As in ODK: more than a number of somebody's own stands beside the repeat, and is blank where that is hidden.
    const hidden = !this.rules.countIsAnswer && !this.parent!.isRelevant()
    const counted = hidden
      ? Number.NaN
      : toNumber(this.instance.evaluate(this, this.rules.count!.run), this.instance.zone)
    // A count that is not answered leaves the rows as they are, those brought along included.
    const wanted = Number.isNaN(counted) && !this.#counted ? this.pending.length : counted
    this.#counted = true
    if (!Number.isNaN(wanted)) {
      const count = Math.max(0, Math.min(Math.floor(wanted), limits.repeatRows))
      this.instance.graph.untracked(() => {
        while (this.rows.length > count) this.removeRow(this.rows.length - 1)
        let room = true
        while (room && this.rows.length < count) room = this.addRow() !== undefined
        this.overfull = this.rows.length < Math.floor(wanted)
      })
    }
    return this.rows.length
  }

  /** @returns undefined where there may be no more rows */
  addRow(): Cell | undefined {
    if (this.rows.length >= limits.repeatRows || this.instance.rows >= limits.rows) return undefined
    this.instance.rows++
    const row = new Cell(this.instance, this.spot, this, true)
    row.place0 = this.rows.length
    this.rows = [...this.rows, row]
    this.source.changed()
    this.instance.onRow?.(row, this.pending[row.place0])
    return row
  }

  removeRow(index: number): boolean {
    const row = this.rows[index]
    if (!row) return false
    row.drop()
    this.rows = this.rows.filter(each => each !== row)
    for (const [place, each] of this.rows.entries()) each.place0 = place
    this.source.changed()
    return true
  }

  drop(): void {
    this.gone = true
    if (this.isRow) this.instance.rows--
    for (const memo of this.memos) memo.drop()
    for (const cell of [...this.inner, ...this.rows]) cell.drop()
  }
}

const sameItems = (a: readonly Item[], b: readonly Item[]) =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** What of an answer is among the choices; a rank goes on to those that it does not name. */
export function admit(question: Question, text: string, items: readonly Item[]): string {
  if (text === '') return ''
  if (question.type === 'select-one') return items.some(item => item.choice.name === text) ? text : ''
  const names = new Set(items.map(item => item.choice.name))
  const kept = words(text).filter(name => names.has(name))
  return (question.type === 'rank' ? [...new Set([...kept, ...names])] : kept).join(' ')
}
