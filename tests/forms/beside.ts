import { give } from '#platform/forms/codec.ts'
import { compile, type Program } from '#platform/forms/compile.ts'
import type { AnswerValue, FormDefinition, Question } from '#platform/forms/definition.ts'
import { pattern } from '#platform/forms/pattern.ts'
import { begin, type Session } from '#platform/forms/session.ts'
import type { QuestionView, RepeatView, ViewNode } from '#platform/forms/view.ts'
import { toXForm } from '#platform/forms/xform/xform.ts'
import { beginOdk, chance, nodesOf, type OdkNode, pathIn } from './odk.ts'
import type { Random } from './random.ts'

/** What both engines say of one question. */
export interface Seen {
  readonly relevant: boolean
  readonly required: boolean
  readonly readOnly: boolean
  readonly value: AnswerValue
  readonly label: string | null
  readonly refused: string | null
  readonly choices: readonly string[] | null
}
export interface Difference {
  readonly path: string
  readonly ours: Seen | undefined
  readonly odk: Seen | undefined
}

const files: ReadonlySet<string> = new Set(['image', 'audio', 'video', 'file'])
const silent: ReadonlySet<string> = new Set(['calculate', 'hidden', 'meta'])

/** One form being filled in twice, in our engine and in ODK's. */
export class Beside {
  readonly session: Session
  readonly root: OdkNode
  readonly #program: Program
  readonly #questions: ReadonlyMap<string, Question>
  /** ODK loses the triggers of rows that move up (see `exceptions` in the spec). */
  readonly #removes: boolean
  readonly #labels: boolean
  /** Verdicts compared. */
  compared = 0
  answered = 0

  private constructor(program: Program, root: OdkNode, labels: boolean) {
    this.#labels = labels
    this.#program = program
    this.root = root
    this.session = begin(program, { random: () => chance })
    const { flat } = program.definition
    this.#removes = !program.outline.spots.some(
      ({ node, repeats }) => node?.kind === 'question' && node.trigger && repeats.length > 0,
    )
    this.#questions = new Map(
      program.outline.spots.flatMap(({ node, path, parent }) => {
        if (node?.kind !== 'question' || node.meta === 'audit') return []
        const shown: string[] = []
        for (let up = parent; flat && up; up = up.parent) if (up.node?.kind === 'repeat') shown.unshift(up.name)
        return [[flat ? [...shown, node.name].join('/') : path, node] as const]
      }),
    )
  }

  /** @throws FormFlaw; what ODK's engine finds wrong */
  /** @param labels whether texts are compared too: another program's XForm may have other words where some are missing */
  static async begin(
    definition: FormDefinition,
    xform = toXForm(definition),
    { labels = true, files }: { labels?: boolean; files?: ReadonlyMap<string, string> } = {},
  ): Promise<Beside> {
    return new Beside(compile(definition, { pattern }), await beginOdk(xform, files), labels)
  }

  /** Paths in ODK's form; ours where groups leave no trace there. */
  #shownPath(path: string): string {
    if (!this.#program.definition.flat) return path
    const pieces = path.split('/')
    return pieces.filter((piece, index) => index === pieces.length - 1 || piece.includes('[')).join('/')
  }

  #ours(view: ViewNode, seen: Map<string, Seen & { path: string }>): typeof seen {
    if (view.kind !== 'question') {
      for (const child of view.kind === 'repeat' ? view.rows : view.children) this.#ours(child, seen)
    } else if (view.question.meta !== 'audit') {
      const { path, relevant, required, readOnly, value, choices, problems, type } = view
      seen.set(this.#shownPath(path), {
        path,
        relevant,
        required,
        readOnly,
        value,
        label: silent.has(type) || !this.#labels ? null : view.label || null,
        refused: silent.has(type) || type === 'note' ? null : (problems[0]?.code ?? null),
        choices: choices?.map(({ name }) => name) ?? null,
      })
    }
    return seen
  }

  #theirs(): Map<string, { seen: Seen; node: OdkNode }> {
    const found = new Map<string, { seen: Seen; node: OdkNode }>()
    for (const node of nodesOf(this.root)) {
      const { relevant, required, readonly, instanceValue, valueOptions, children } = node.currentState
      const path = pathIn(node)
      const question = this.#questions.get(path.replace(/\[\d+\]/g, ''))
      if (!question || children) continue
      const seen = {
        relevant,
        required,
        readOnly: readonly,
        // ODK goes on giving the file of a question that is hidden (see `exceptions` in the spec).
        value: !relevant && files.has(question.type) ? null : give(question, instanceValue ?? ''),
        label: silent.has(question.type) || !this.#labels ? null : node.currentState.label?.asString || null,
        refused:
          silent.has(question.type) || question.type === 'note'
            ? null
            : (node.validationState?.violation?.condition ?? null),
        choices: valueOptions?.map(({ value }) => value) ?? null,
      }
      found.set(path, { seen, node })
    }
    return found
  }

  /** ODK's node at a path. */
  node(path: string): OdkNode {
    const found = [...nodesOf(this.root)].find(node => pathIn(node) === path)
    if (!found) throw new Error(`ODK has no ${path}`)
    return found
  }

  differences(): Difference[] {
    const ours = this.#ours(this.session.view(), new Map())
    const theirs = this.#theirs()
    const found: Difference[] = []
    for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
      const { path: _, ...mine } = ours.get(path) ?? { path }
      const odk = theirs.get(path)?.seen
      this.compared += odk?.choices ? 7 : 6
      if (JSON.stringify(mine) !== JSON.stringify(odk)) found.push({ path, ours: mine as Seen, odk })
    }
    return found
  }

  /** Gives one answer that ODK's own screens would let a person give, adds a row or takes one. @returns what was done */
  step(random: Random): string {
    const ranges = [...nodesOf(this.root)].filter(
      node => node.nodeType === 'repeat-range:uncontrolled' && node.currentState.relevant,
    )
    if (ranges.length > 0 && random.chance(0.25)) return this.#rows(random.pick(ranges), random)
    const theirs = this.#theirs()
    const open = [...this.#ours(this.session.view(), new Map()).entries()].filter(
      ([path, { relevant, readOnly }]) =>
        relevant &&
        !readOnly &&
        theirs.has(path) &&
        !silent.has(this.#questions.get(path.replace(/\[\d+\]/g, ''))!.type),
    )
    if (open.length === 0) return 'nothing to answer'
    // The first questions decide what the others are.
    const [path, { path: own }] = random.chance(0.4) ? open[random.below(Math.min(4, open.length))]! : random.pick(open)
    this.answered++
    return answer(this.session, theirs.get(path)!.node, this.session.viewAt(own) as QuestionView, random)
  }

  #rows(range: OdkNode, random: Random): string {
    const path = pathIn(range)
    const rows = range.currentState.children?.length ?? 0
    // Where the path goes through groups that leave no trace, our own has more pieces.
    const own = this.#program.definition.flat ? this.#ownRepeat(path) : path
    if (rows > 0 && this.#removes && (rows > 3 || random.chance(0.4))) {
      const index = random.below(rows)
      this.session.removeRow(own, index + 1)
      range.removeInstances(index)
      return `remove ${path}[${index + 1}]`
    }
    this.session.addRow(own)
    range.addInstances()
    return `add ${path}`
  }

  #ownRepeat(path: string): string {
    const find = (view: ViewNode): string | undefined => {
      if (view.kind === 'question') return undefined
      if (view.kind === 'repeat' && this.#shownPath(view.path) === path) return view.path
      for (const child of view.kind === 'repeat' ? (view as RepeatView).rows : view.children) {
        const found = find(child)
        if (found !== undefined) return found
      }
      return undefined
    }
    return find(this.session.view()) ?? path
  }
}

const texts = ['x', 'a', '1', '2', '007', '1.5', '-3', 'á ñ', ' two  words ', "it's", '2026-11-22', 'yes', 'b', 'a1']
const days = ['2026-11-22', '2024-02-29', '1999-12-31', '2026-01-05', '2031-07-01']
const times = ['00:00:00', '09:30:00', '23:59:59', '12:05:10']

/** The same answer on both sides. @returns what was done */
function answer(session: Session, node: OdkNode, view: QuestionView, random: Random): string {
  const { path, type, question } = view
  const clear = random.chance(0.12)
  const both = (ours: unknown, theirs: unknown): string => {
    if (!session.set(path, ours)) throw new Error(`${path} may not be answered`)
    if (type === 'select-one') node.selectValue(theirs as string | null)
    else if (type === 'select-multiple') node.selectValues(theirs as string[])
    else if (type === 'rank') node.setValues(theirs as string[])
    else node.setValue(theirs)
    return `set ${path} ${JSON.stringify(ours)}`
  }
  const offered = view.choices?.map(({ name }) => name) ?? []
  switch (type) {
    case 'select-one': {
      const choice = clear || offered.length === 0 ? null : random.pick(offered)
      return both(choice, choice)
    }
    case 'select-multiple': {
      const chosen = clear ? [] : offered.filter(() => random.chance(0.4))
      return both(chosen, chosen)
    }
    case 'rank': {
      const order = clear ? [] : random.shuffle(offered)
      return both(order, order)
    }
    case 'integer': {
      const value = random.pick([0, 1, 2, 3, 5, 10, 17, 40, -4])
      return clear ? both(null, null) : both(value, BigInt(value))
    }
    case 'decimal': {
      const value = random.pick([0, 1, 2.5, 3, 0.1, -7.25, 100])
      return clear ? both(null, null) : both(value, value)
    }
    case 'range': {
      const { start, end, step } = question.range!
      const value = start + Math.sign(end - start) * step * random.below(Math.floor(Math.abs(end - start) / step) + 1)
      const whole = [start, end, step].every(Number.isInteger)
      return clear ? both(null, null) : both(value, whole ? BigInt(value) : value)
    }
    case 'date': {
      const day = clear ? null : random.pick(days)
      return both(day, day)
    }
    case 'time': {
      const time = clear ? null : random.pick(times)
      return both(time, time)
    }
    case 'datetime': {
      const moment = clear ? null : `${random.pick(days)}T${random.pick(times)}`
      return both(moment, moment)
    }
    case 'acknowledge':
      return both(!clear, !clear)
    case 'image':
    case 'audio':
    case 'video':
    case 'file': {
      const name = `${random.pick(['one', 'two'])}.bin`
      return clear ? both(null, null) : both(name, new File(['x'], name))
    }
    case 'geopoint':
    case 'geotrace':
    case 'geoshape': {
      const point = () => `${1 + random.below(80)} ${1 + random.below(170)} 0 0`
      const place =
        type === 'geopoint'
          ? point()
          : type === 'geotrace'
            ? `${point()};${point()}`
            : ((first: string) => `${first};${point()};${point()};${first}`)(point())
      return clear ? both(null, null) : both(place, place)
    }
    default: {
      const text = clear ? '' : random.pick(texts)
      return both(text, text)
    }
  }
}
