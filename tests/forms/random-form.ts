import type { ChoiceList, FormDefinition, FormNode, Question, QuestionType } from '#platform/forms/definition.ts'
import { ask, group, inventedForm, repeat } from './invented.ts'
import type { Random } from './random.ts'

/** Kinds of value that an expression may be made to give; now and then one stands for another. */
type Kind = 'number' | 'text' | 'truth' | 'day'

const places: ChoiceList = {
  name: 'places',
  choices: ['a1', 'a2', 'b1', 'b2', 'c1'].map((name, index) => ({
    name,
    label: { en: `Place ${name}`, es: `Lugar ${name}` },
    // The last has nothing in this column.
    columns: { region: name[0]!, ...(index < 4 && { size: String(index + 1) }) },
  })),
}
const regions: ChoiceList = {
  name: 'regions',
  choices: ['a', 'b', 'c'].map(name => ({ name, label: { en: `Region ${name}`, es: `Región ${name}` }, columns: {} })),
}
const numbers: ChoiceList = {
  name: 'numbers',
  choices: ['1', '2', '3', '10'].map(name => ({ name, label: { en: `No. ${name}`, es: `N.º ${name}` }, columns: {} })),
}
const lists = [places, regions, numbers]

interface Known {
  readonly name: string
  readonly type: QuestionType
  readonly list?: string
  /** Neither worked out nor hidden at the start, so that a default may look at it. */
  readonly plain: boolean
  /** Names of the repeats around it, outermost first. */
  readonly rows: readonly string[]
}

const asked: readonly QuestionType[] = [
  'text',
  'text',
  'integer',
  'integer',
  'decimal',
  'date',
  'time',
  'datetime',
  'select-one',
  'select-one',
  'select-multiple',
  'select-multiple',
  'rank',
  'range',
  'acknowledge',
  'image',
  'file',
  'geopoint',
  'geotrace',
  'geoshape',
  'barcode',
  'note',
  'hidden',
  'calculate',
  'calculate',
  'calculate',
]

/** Forms of every type, with everything that an XLSForm may say of a question, as wild as authors never are. */
export class FormMaker {
  readonly #random: Random
  #known: Known[] = []
  #made = 0

  constructor(random: Random) {
    this.#random = random
  }

  make(): FormDefinition {
    this.#known = []
    this.#made = 0
    const body = this.#nodes(6 + this.#random.below(7), [], 0, true)
    return { ...inventedForm(body, lists), instanceName: this.#text(2, []) }
  }

  #nodes(count: number, rows: readonly string[], depth: number, calm: boolean): FormNode[] {
    const random = this.#random
    const nodes: FormNode[] = []
    for (let index = 0; index < count; index++) {
      const roll = random.next()
      const relevant = random.chance(0.4) && this.#known.length > 0 ? { relevant: this.#truth(3, rows) } : {}
      const inside = calm && !relevant.relevant
      if (depth < 3 && roll < 0.12) {
        nodes.push(group(`g${++this.#made}`, this.#nodes(2 + random.below(3), rows, depth + 1, inside), relevant))
      } else if (rows.length < 2 && roll < 0.28) {
        const name = `r${++this.#made}`
        const counts = this.#known.filter(({ type, rows: around }) => type === 'integer' && around.length === 0)
        const count = counts.length > 0 && random.chance(0.35) ? this.#count(random.pick(counts).name) : undefined
        const body = this.#nodes(2 + random.below(3), [...rows, name], depth + 1, inside)
        // ODK cannot look for the names of choices from where a repeat stands.
        const shown = relevant.relevant?.includes('jr:choice-name') ? {} : relevant
        nodes.push(repeat(name, body, { ...shown, ...(count && { count }) }))
      } else nodes.push(this.#question(rows, calm))
    }
    return nodes
  }

  #count(name: string): string {
    return this.#random.pick([`\${${name}}`, `\${${name}} - 1`, `if(\${${name}} > 4, 4, \${${name}})`, '2'])
  }

  /** @param calm nothing around it can be hidden */
  #question(rows: readonly string[], calm: boolean): Question {
    const random = this.#random
    const type = random.pick(asked)
    const name = `${type[0]}${++this.#made}`
    const maybe = (chance: number, text: () => string) => (random.chance(chance) ? text() : undefined)
    const list = random.pick(lists).name
    const select = type === 'select-one' || type === 'select-multiple' || type === 'rank'
    // ODK cannot look for the names of choices from within a list.
    const filter =
      list === 'places' ? maybe(0.6, () => this.#filter(rows).replaceAll('jr:choice-name', 'concat')) : undefined
    const silent = type === 'calculate' || type === 'hidden'
    const before: Partial<Question> = {
      relevant: maybe(0.35, () => this.#truth(3, rows)),
      required: silent ? undefined : maybe(0.3, () => random.pick(['true()', this.#truth(2, rows)])),
      readOnly: silent || type === 'note' ? undefined : maybe(0.12, () => this.#truth(2, rows)),
      calculation: type === 'calculate' ? this.#any(4, rows) : undefined,
    } as Partial<Question>
    const file = type === 'image' || type === 'file'
    if (type !== 'calculate' && type !== 'note' && !file && random.chance(0.1)) {
      Object.assign(before, { calculation: this.#any(3, rows) })
    }
    if (type !== 'calculate' && !file && filter === undefined && !before.calculation && random.chance(0.25)) {
      Object.assign(before, { default: this.#literal(type, list) })
    } else if (type !== 'calculate' && !file && calm && !before.relevant && !before.calculation && random.chance(0.2)) {
      Object.assign(before, { default: this.#dynamic(rows) })
    }
    const triggers = this.#known.filter(
      known => known.rows.join() === rows.join() && !['calculate', 'hidden', 'note'].includes(known.type),
    )
    if (type !== 'note' && !file && triggers.length > 0 && random.chance(0.08)) {
      Object.assign(before, { trigger: [random.pick(triggers).name], calculation: this.#any(3, rows) })
    }
    // Its own answer is known to its constraint. What ODK says of a hidden file is wrong, so that nothing may ask for it.
    if (!file)
      this.#known.push({
        name,
        type,
        rows,
        plain: calm && !before.relevant && !before.calculation && !before.default,
        ...(select && { list }),
      })
    const constraint = silent || type === 'note' ? undefined : maybe(0.3, () => this.#constraint(type, rows))
    const found: Record<string, unknown> = {
      ...before,
      constraint,
      label: { en: `Label ${name} ${maybe(0.3, () => this.#reference(rows)) ?? ''}!` },
      ...(select && {
        choices: {
          list,
          ...(filter && { filter }),
          ...(type !== 'rank' && random.chance(0.15) && { randomize: { seed: this.#seed(rows) } }),
        },
      }),
      ...(type === 'range' && {
        range: random.pick([
          { start: 1, end: 9, step: 2 },
          { start: 0, end: 1, step: 0.25 },
          { start: -10, end: 10, step: 5 },
        ]),
      }),
    }
    return ask(name, type, Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)))
  }

  #literal(type: QuestionType, list: string): string {
    const random = this.#random
    const own: Partial<Record<QuestionType, readonly string[]>> = {
      integer: ['2', '7', '-1', '1.7', 'x', '007'],
      decimal: ['2.5', '3', 'x'],
      range: ['3', '0.5', '99'],
      date: ['2026-11-20', 'x', '2026-11-20T10:00:00'],
      time: ['10:20:30', 'x'],
      datetime: ['2026-11-20T10:00:00', '2026-11-20'],
      acknowledge: ['OK', 'ok', 'x'],
      geopoint: ['1 2 3 4', '1.5 2', 'x'],
      geotrace: ['1 2 3 4;5 6 7 8'],
      geoshape: ['1 2 3 4;5 6 7 8;3 4 5 6;1 2 3 4'],
    }
    const choices: Readonly<Record<string, readonly string[]>> = {
      places: ['a1', 'b2'],
      regions: ['a', 'c'],
      numbers: ['1', '10'],
    }
    if (type === 'select-one') return random.pick(choices[list]!)
    if (type === 'select-multiple') return random.shuffle(choices[list]!).join(' ')
    if (type === 'rank')
      return lists
        .find(({ name }) => name === list)!
        .choices.map(({ name }) => name)
        .reverse()
        .join(' ')
    return random.pick(own[type] ?? ['x', ' two  words ', '1'])
  }

  /** Words as a seed give ODK another order (see `exceptions` in the spec). */
  #seed(rows: readonly string[]): string {
    return this.#random.pick([`number(${this.#number(1, rows)}) * 1`, '42', '-3', '2.7'])
  }

  /** What is worked out once; the rule tells it by its arithmetic or its call. */
  #dynamic(rows: readonly string[]): string {
    const known = this.#known
    this.#known = known.filter(({ plain, rows: around }) => plain && around.join() === rows.join())
    const text = this.#any(3, rows)
    this.#known = known
    return text.includes('(') ? text : `concat(${text}, '')`
  }

  #constraint(type: QuestionType, rows: readonly string[]): string {
    const random = this.#random
    const own: Partial<Record<QuestionType, readonly string[]>> = {
      text: ["regex(., '^[a-z0-9]+$')", 'string-length(.) < 3', ". != 'x'"],
      integer: ['. > 2', '. >= 0 and . <= 50', '. mod 2 = 0'],
      decimal: ['. < 2.5', '. * 2 > 1'],
      date: ['. <= today()', ". > '2020-01-01'", ". < date('2026-01-06')"],
      datetime: ['. <= now()'],
      'select-multiple': ['count-selected(.) <= 2', "not(selected(., 'a1'))", "selected-at(., 0) = '1'"],
      'select-one': [". != 'a1'", ". = 'b' or . = '2'"],
    }
    return random.chance(0.6) && own[type] ? random.pick(own[type]) : this.#truth(3, rows)
  }

  #filter(rows: readonly string[]): string {
    const random = this.#random
    return random.pick([
      () => `region = ${this.#text(1, rows)}`,
      () => `size < ${this.#number(1, rows)}`,
      () => `selected(${this.#text(1, rows)}, region)`,
      () => `region = ${this.#text(1, rows)} or name = 'c1'`,
      () => `region = ${this.#text(1, rows)} and size > 1`,
      () => `missing = ${this.#text(1, rows)} or size = ${this.#number(1, rows)}`,
      () => `not(region = ${this.#text(1, rows)})`,
      () => `position() <= ${this.#number(1, rows)}`,
      () => `size`,
    ])()
  }

  /** A question known by now; one whose rows are not all around here stands for many. */
  #reference(rows: readonly string[], wanted?: (known: Known) => boolean): string {
    const near = this.#known.filter(known => known.rows.every((row, index) => rows[index] === row))
    const fitting = wanted ? near.filter(wanted) : near
    const from = fitting.length > 0 ? fitting : near
    return from.length > 0 ? `\${${this.#random.pick(from).name}}` : "''"
  }

  #far(rows: readonly string[]): Known | undefined {
    const far = this.#known.filter(known => !known.rows.every((row, index) => rows[index] === row))
    return far.length > 0 ? this.#random.pick(far) : undefined
  }

  #any(depth: number, rows: readonly string[]): string {
    const kind = this.#random.pick<Kind>(['number', 'number', 'text', 'text', 'truth', 'day'])
    return this.#of(kind, depth, rows)
  }

  #of(kind: Kind, depth: number, rows: readonly string[]): string {
    switch (kind) {
      case 'number':
        return this.#number(depth, rows)
      case 'text':
        return this.#text(depth, rows)
      case 'truth':
        return this.#truth(depth, rows)
      case 'day':
        return this.#day(depth, rows)
    }
  }

  #number(depth: number, rows: readonly string[]): string {
    const random = this.#random
    const numeric = (known: Known) => ['integer', 'decimal', 'range'].includes(known.type)
    if (depth <= 0 || random.chance(0.25)) {
      return random.chance(0.6) ? this.#reference(rows, numeric) : random.pick(['0', '1', '2', '3', '10', '0.5', '-1'])
    }
    const n = () => this.#number(depth - 1, rows)
    const t = () => this.#text(depth - 1, rows)
    const far = this.#far(rows)
    const many = () => (far ? `\${${far.name}}` : this.#reference(rows))
    const repeats = far?.rows.at(-1)
    return random.pick([
      () => `(${n()} ${random.pick(['+', '-', '*', 'div', 'mod'])} ${n()})`,
      () => `(${n()} ${random.pick(['+', '-', '*', 'div', 'mod'])} ${n()})`,
      () => `-${this.#reference(rows, numeric)}`,
      () => `int(${n()})`,
      () => `round(${n()}, 1)`,
      () => `round(${n()})`,
      () => `abs(${n()})`,
      () => `number(${t()})`,
      () => `pow(${n()}, 2)`,
      () => `sqrt(${n()})`,
      () => `string-length(${t()})`,
      () => `count-selected(${this.#reference(rows, known => known.type === 'select-multiple')})`,
      () => `coalesce(${n()}, ${n()})`,
      () => `if(${this.#truth(depth - 1, rows)}, ${n()}, ${n()})`,
      () => `min(${n()}, ${n()})`,
      () => `max(${n()}, ${n()}, 2)`,
      () => `${random.pick(['sum', 'min', 'max', 'count', 'count-non-empty'])}(${many()})`,
      () => (repeats ? `count(\${${repeats}})` : n()),
      () => (rows.length > 0 ? 'position(..)' : n()),
      () => `decimal-date-time(${this.#day(depth - 1, rows)})`,
      () => `checklist(1, 2, ${this.#truth(1, rows)}, ${this.#truth(1, rows)}, ${this.#truth(1, rows)}) + 0`,
      () => `weighted-checklist(1, 3, ${this.#truth(1, rows)}, 2, ${this.#truth(1, rows)}, 1) + 0`,
    ])()
  }

  #text(depth: number, rows: readonly string[]): string {
    const random = this.#random
    if (depth <= 0 || random.chance(0.25)) {
      return random.chance(0.65)
        ? this.#reference(rows)
        : random.pick(["''", "'x'", "'a'", "'b'", "'1'", "'á ñ'", "'2026-11-22'", "'a1 b2'"])
    }
    const t = () => this.#text(depth - 1, rows)
    const n = () => this.#number(depth - 1, rows)
    const far = this.#far(rows)
    const selects = this.#known.filter(
      known => known.list !== undefined && known.rows.every((row, index) => rows[index] === row),
    )
    return random.pick([
      () => `concat(${t()}, ${t()})`,
      () => `concat(${n()}, '-', ${this.#day(depth - 1, rows)})`,
      () => `coalesce(${t()}, ${t()})`,
      () => `if(${this.#truth(depth - 1, rows)}, ${t()}, ${t()})`,
      () => `substr(${t()}, ${random.pick(['0', '1', '-2'])}, ${random.pick(['1', '3', '-1'])})`,
      () => `substr(${t()}, 1)`,
      () => `normalize-space(${t()})`,
      () => `translate(${t()}, 'abx', 'ABY')`,
      () => `substring-before(${t()}, '1')`,
      () => `substring-after(${t()}, 'a')`,
      () => `selected-at(${this.#reference(rows, known => known.list !== undefined)}, ${random.pick(['0', '1', '7'])})`,
      () => `string(${n()})`,
      () => `format-date(${this.#day(depth - 1, rows)}, '%Y/%m/%d %n %e %b %y')`,
      () => `format-date-time(${this.#day(depth - 1, rows)}, '%d.%m.%Y %H:%M:%S')`,
      () => `join(', ', ${far ? `\${${far.name}}` : t()})`,
      () => t(),
      () => {
        const select = selects.length > 0 ? random.pick(selects).name : undefined
        return select ? `jr:choice-name(\${${select}}, '\${${select}}')` : t()
      },
      () => {
        if (far?.rows.length !== 1 || rows.length > 0) return t()
        return `indexed-repeat(\${${far.name}}, \${${far.rows[0]}}, ${random.pick(['1', '2', '9'])})`
      },
      () => `string(boolean(${t()}))`,
    ])()
  }

  #truth(depth: number, rows: readonly string[]): string {
    const random = this.#random
    if (depth <= 0) return random.pick([`${this.#reference(rows)} != ''`, `${this.#number(0, rows)} > 1`, 'true()'])
    const b = () => this.#truth(depth - 1, rows)
    const comparison = () => random.pick(['=', '!=', '<', '>', '<=', '>='])
    const same = this.#random.pick<Kind>(['number', 'text', 'day'])
    return random.pick([
      () => `${this.#of(same, depth - 1, rows)} ${comparison()} ${this.#of(same, depth - 1, rows)}`,
      () => `${this.#of(same, depth - 1, rows)} ${comparison()} ${this.#of(same, depth - 1, rows)}`,
      () => `${this.#any(depth - 1, rows)} ${random.pick(['=', '!='])} ${this.#any(depth - 1, rows)}`,
      () => `boolean(${b()} ${random.pick(['and', 'or'])} ${b()})`,
      () => `not(${b()})`,
      () => `selected(${this.#reference(rows, known => known.list !== undefined)}, ${this.#text(1, rows)})`,
      () => `selected(${this.#reference(rows, known => known.list !== undefined)}, '${random.pick(['a1', 'a', '1'])}')`,
      () => `contains(${this.#text(depth - 1, rows)}, 'a')`,
      () => `starts-with(${this.#text(depth - 1, rows)}, ${this.#text(1, rows)})`,
      () => `ends-with(${this.#text(depth - 1, rows)}, '1')`,
      () => `regex(${this.#text(depth - 1, rows)}, '^[0-9]+$')`,
      () => `boolean-from-string(${this.#text(depth - 1, rows)})`,
    ])()
  }

  #day(depth: number, rows: readonly string[]): string {
    const random = this.#random
    if (depth <= 0 || random.chance(0.3)) {
      return random.chance(0.6)
        ? this.#reference(rows, known => known.type === 'date' || known.type === 'datetime')
        : random.pick(['today()', "date('2026-11-22')", "'2024-02-29'", 'now()'])
    }
    return random.pick([
      () => `date(${this.#day(depth - 1, rows)})`,
      () => `date(decimal-date-time(${this.#day(0, rows)}) + ${this.#number(0, rows)})`,
      () => `date(${this.#day(0, rows)} + 30)`,
      () => `date-time(${this.#day(depth - 1, rows)})`,
    ])()
  }
}
