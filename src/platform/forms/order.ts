import type { Flaw } from './definition.ts'
import { short } from './flaw.ts'
import type { Outline, Spot } from './outline.ts'
import type { Rules } from './rules.ts'

/** When each of a spot's values is worked out after a change: after all that it hangs on. */
export interface Ranks {
  readonly relevant: number
  readonly value: number
  readonly rows: number
}

const [relevance, answer, rowCount] = [0, 1, 2] as const

/** Ranks by `Spot.index`; a flaw `cycle` for values that hang on themselves, naming all that take part. */
export function order(outline: Outline, rules: readonly Rules[], flaws: Flaw[]): readonly Ranks[] {
  const { spots } = outline
  const id = (spot: Spot, kind: 0 | 1 | 2) => spot.index * 3 + kind
  const needs = spots.flatMap(spot => needsOf(spot, rules[spot.index]!, id))
  const levels = new Array<number>(needs.length).fill(-1)
  const open = new Set<number>()
  for (let start = 0; start < needs.length; start++) visit(start)
  return spots.map(spot => ({
    relevant: levels[id(spot, relevance)]!,
    value: levels[id(spot, answer)]!,
    rows: levels[id(spot, rowCount)]!,
  }))

  // By hand rather than by recursion: a chain may be as long as the form.
  function visit(start: number): void {
    if (levels[start] !== -1) return
    const trail: { at: number; next: number }[] = [{ at: start, next: 0 }]
    open.add(start)
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const need = needs[top.at]![top.next++]
      if (need === undefined) {
        levels[top.at] = 1 + Math.max(-1, ...needs[top.at]!.map(each => levels[each]!))
        open.delete(top.at)
        trail.pop()
      } else if (open.has(need)) {
        report(trail.slice(trail.findIndex(({ at }) => at === need)).map(({ at }) => spots[Math.floor(at / 3)]!))
      } else if (levels[need] === -1) {
        open.add(need)
        trail.push({ at: need, next: 0 })
      }
    }
  }

  function report(round: readonly Spot[]): void {
    const names = [...new Set(round.map(spot => spot.name))]
    const at = round.find(spot => spot.node?.at)?.node?.at
    flaws.push({ code: 'cycle', ...at, detail: short([...names, names[0]].join(' → ')) })
  }
}

/** What the relevance, the answer and the number of rows of a spot hang on. */
function needsOf(spot: Spot, rules: Rules, id: (spot: Spot, kind: 0 | 1 | 2) => number): number[][] {
  const read = (rule: { reads: ReadonlySet<Spot>; readsItself: boolean } | undefined, itself: boolean) => {
    const needs = [...(rule?.reads ?? [])].flatMap(target => {
      if (target.node?.kind === 'question') return [id(target, answer)]
      return target.node?.kind === 'repeat' ? [id(target, rowCount)] : []
    })
    return itself && rule?.readsItself ? [...needs, id(spot, answer)] : needs
  }
  const around = spot.repeats.at(-1)
  const exists = around ? [id(around, rowCount)] : []
  return [
    [...exists, ...(spot.parent ? [id(spot.parent, relevance)] : []), ...read(rules.relevant, true)],
    [
      id(spot, relevance),
      // A calculation with a trigger looks at the other answers only as the trigger changes.
      ...(rules.triggers ? rules.triggers.flatMap(trigger => read(trigger, true)) : read(rules.calculation, false)),
      ...read(rules.filter, true),
    ],
    [...exists, ...(spot.parent ? [id(spot.parent, relevance)] : []), ...read(rules.count, true)],
  ]
}
