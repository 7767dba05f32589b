import type { Choice, ChoiceList } from './definition.ts'
import type { XNode } from './expression/values.ts'

/** A list of choices as expressions walk it: `instance('list')/root/item/column`. */
export class ListTable {
  readonly list: ChoiceList
  readonly items: readonly Item[]
  readonly columns: ReadonlySet<string>
  /** `instance('list')`. */
  readonly document: XNode
  readonly #indexes = new Map<string, Map<string, Item[]>>()

  /** @param language whose label `label` is, as an XForm has labels in its lists only without translations */
  constructor(list: ChoiceList, language: string) {
    this.list = list
    this.columns = new Set(['name', 'label', ...list.choices.flatMap(choice => Object.keys(choice.columns))])
    const document = new Branch(null, 'root')
    const root = new Branch(document, 'item')
    document.children = [root]
    this.items = list.choices.map((choice, index) => new Item(choice, root, index + 1, language))
    root.children = this.items
    this.document = document
  }

  /** Items whose column holds a value. */
  where(column: string, value: string): readonly Item[] {
    let index = this.#indexes.get(column)
    if (!index) {
      index = new Map()
      for (const item of this.items) {
        const key = item.column(column)
        if (key === undefined) continue
        const same = index.get(key)
        if (same) same.push(item)
        else index.set(key, [item])
      }
      this.#indexes.set(column, index)
    }
    return index.get(value) ?? []
  }
}

class Branch implements XNode {
  children: readonly XNode[] = []
  readonly #parent: XNode | null
  readonly #name: string

  constructor(parent: XNode | null, name: string) {
    this.#parent = parent
    this.#name = name
  }

  text(): string {
    return ''
  }
  up(): XNode | null {
    return this.#parent
  }
  kids(name: string): readonly XNode[] {
    return name === '*' || name === this.#name ? this.children : []
  }
  place(): number {
    return 1
  }
}

export class Item implements XNode {
  readonly choice: Choice
  readonly #root: XNode
  readonly #place: number
  readonly #language: string

  constructor(choice: Choice, root: XNode, place: number, language: string) {
    this.choice = choice
    this.#root = root
    this.#place = place
    this.#language = language
  }

  /** undefined where the choice has nothing in that column. */
  column(name: string): string | undefined {
    if (name === 'name') return this.choice.name
    if (Object.hasOwn(this.choice.columns, name)) return this.choice.columns[name]
    return name === 'label' ? this.choice.label[this.#language] : undefined
  }
  text(): string {
    return ''
  }
  up(): XNode {
    return this.#root
  }
  kids(name: string): readonly XNode[] {
    const text = this.column(name)
    return text === undefined ? [] : [new Column(this, text)]
  }
  place(): number {
    return this.#place
  }
}

class Column implements XNode {
  readonly #item: Item
  readonly #text: string

  constructor(item: Item, text: string) {
    this.#item = item
    this.#text = text
  }
  text(): string {
    return this.#text
  }
  up(): XNode {
    return this.#item
  }
  kids(): readonly XNode[] {
    return []
  }
  place(): number {
    return 1
  }
}
