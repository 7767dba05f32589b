import { Cell } from './cell.ts'
import type { Program } from './compile.ts'
import type { Texts } from './definition.ts'
import { limits } from './definition.ts'
import { Moment, type Zone } from './expression/moments.ts'
import { type At, type Evaluate, toText, type Value, type World } from './expression/values.ts'
import { Graph, Memo, Source } from './graph.ts'
import type { Item } from './lists.ts'
import type { Spot } from './outline.ts'
import { inLanguage } from './texts.ts'
import type { ChoiceView, Still } from './view.ts'

/** What the device knows of itself and of who holds it, for the `meta` questions that ask. */
export interface DeviceFacts {
  readonly username?: string
  readonly deviceid?: string
  readonly phonenumber?: string
  readonly email?: string
  readonly simserial?: string
  readonly subscriberid?: string
}

export interface Setting {
  readonly now: () => Date
  readonly zone: Zone
  readonly random: () => number
  readonly device: DeviceFacts
}

/** One set of answers to a form, with all that hangs on them. */
export class Instance implements World {
  readonly program: Program
  readonly graph = new Graph()
  readonly setting: Setting
  readonly root: Cell
  /** Cells that have just come to be and may have a default to work out. */
  readonly fresh: Cell[] = []
  /** Told of each new row, with what there is to put into it. */
  onRow: ((row: Cell, answers: unknown) => void) | undefined
  readonly languageChanged: Source
  language: string
  /** Choices as drawn last, for lists of thousands. */
  readonly choiceViews = new WeakMap<Item, { readonly language: string; readonly view: ChoiceView }>()
  /** Settles the order of mixed choices that have no seed. */
  readonly chance: number
  /** What of a question hangs on the language alone, for the language in use. */
  readonly #still = new Map<Spot, Still>()
  #stillIn = ''
  readonly #shared = new Map<Evaluate, Memo<Value>>()
  /** Until then answers come from the form itself and set no trigger off. */
  begun = false
  rows = 0
  /** Numbers rows, so that one keeps its key as others come and go. */
  keys = 0

  constructor(program: Program, setting: Setting, language: string) {
    this.program = program
    this.setting = setting
    this.language = language
    this.chance = Math.floor(setting.random() * 2_147_483_646) + 1
    this.languageChanged = new Source(this.graph)
    this.root = new Cell(this, program.outline.root, null)
  }

  get zone(): Zone {
    return this.setting.zone
  }

  now(): Moment {
    return new Moment(this.setting.now().getTime(), this.zone)
  }

  random(): number {
    return this.setting.random()
  }

  /** Version 4, from the setting's randomness. */
  uuid(): string {
    const digits = Array.from({ length: 32 }, () => Math.floor(this.random() * 16))
    digits[12] = 4
    digits[16] = 8 + (digits[16]! % 4)
    const hex = digits.map(digit => digit.toString(16)).join('')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }

  stored(node: Cell): string {
    return node.stored
  }

  spend(steps: number): void {
    this.graph.spend(steps)
  }

  shared(run: Evaluate): Value {
    let memo = this.#shared.get(run)
    if (!memo) {
      memo = new Memo(this.graph, () => this.evaluate(this.root, run))
      this.#shared.set(run, memo)
    }
    return memo.get()
  }

  choiceLabel(select: Cell, choice: string): string {
    const item = select.offered().find(each => each.choice.name === choice)
    return item ? this.label(select, item) : ''
  }

  label(select: Cell, item: Item): string {
    return this.words(select, item.choice.label) ?? item.choice.name
  }

  /** A text in the language in use, with the answers it shows. */
  words(cell: Cell, texts: Texts | undefined): string | null {
    if (!texts) return null
    this.languageChanged.read()
    const text = inLanguage(texts, this.language, this.program.definition.defaultLanguage)
    const pieces = text === null ? undefined : cell.rules.filled.get(text)
    if (!pieces) return text
    const whole = pieces.map(piece => (typeof piece === 'string' ? piece : toText(this.evaluate(cell, piece)))).join('')
    return whole.slice(0, limits.textLength)
  }

  /** What of a node hangs on the language alone; none where a text shows an answer. */
  still(cell: Cell, make: () => Still): Still {
    this.languageChanged.read()
    if (cell.rules.filled.size > 0) return make()
    if (this.#stillIn !== this.language) this.#still.clear()
    this.#stillIn = this.language
    let still = this.#still.get(cell.spot)
    if (!still) {
      still = make()
      this.#still.set(cell.spot, still)
    }
    return still
  }

  evaluate<T>(cell: Cell, run: (at: At) => T): T {
    cell.at ??= { world: this, node: cell, current: cell, position: 1, size: 1 }
    return run(cell.at)
  }

  untracked(cell: Cell, run: Evaluate): string {
    return this.graph.untracked(() => toText(this.evaluate(cell, run)))
  }

  /** Lets a change come to rest: everything that hangs on it, rows that come with it, their defaults. */
  settle(): void {
    this.graph.flush()
    for (let cell = this.fresh.shift(); cell; cell = this.fresh.shift()) {
      const { default: rule, calculation, triggers } = cell.rules
      // A calculation has the last word over a default, as in ODK.
      if (!rule || (calculation && !triggers) || cell.gone || cell.given || !cell.isRelevant()) continue
      const text = cell.fit(this.untracked(cell, rule.run))
      if (text === cell.stored) continue
      // A default is no answer, and sets no trigger off.
      const { begun } = this
      this.begun = false
      cell.store(text)
      this.graph.flush()
      this.begun = begun
    }
  }
}
