import fc from 'fast-check'
import { compile } from '#platform/forms/compile.ts'
import type { FormDefinition, FormNode } from '#platform/forms/definition.ts'
import { FormFlaw } from '#platform/forms/flaw.ts'
import { ask, group, inventedForm, repeat, towns, work, yesNo } from './invented.ts'

const inside = ['p', 'q']
/** What the first question of a row may look at comes first. */
const ofRows = ['position(..)', 'count(${r})', 'sum(/data/r/p)']
const outside = ['a', 'b', 'c', 'd', 'e']

/** Expressions over names that come before, so that most forms hold; those that do not are left aside. */
const expression = (names: readonly string[], others: readonly string[] = []): fc.Arbitrary<string> => {
  const name = names.length > 0 ? fc.constantFrom(...names).map(each => `\${${each}}`) : fc.constant("''")
  const leaf = fc.oneof(name, fc.constantFrom("'x'", '1', '2', "''", ...others))
  const { tree } = fc.letrec<{ tree: string }>(tie => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom('+', '=', '!=', '<', '>', 'mod'), tie('tree'))
        .map(([a, o, b]) => `(${a} ${o} ${b})`),
      // As text, ODK gives a side of these instead of true or false.
      fc.tuple(tie('tree'), fc.constantFrom('and', 'or'), tie('tree')).map(([a, o, b]) => `boolean(${a} ${o} ${b})`),
      fc
        .tuple(fc.constantFrom('concat', 'coalesce', 'selected'), tie('tree'), tie('tree'))
        .map(([f, a, b]) => `${f}(${a}, ${b})`),
      fc.tuple(fc.constantFrom('not', 'string-length', 'number', 'boolean'), tie('tree')).map(([f, a]) => `${f}(${a})`),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `if(${a}, ${b}, ${c})`),
    ),
  }))
  return tree
}

const question = (name: string, before: readonly string[], others: readonly string[] = []): fc.Arbitrary<FormNode> =>
  fc
    .record({
      kind: fc.constantFrom('text', 'integer', 'calculate', 'town', 'many', 'calculated', 'triggered'),
      relevant: fc.option(expression(before, others), { nil: undefined }),
      constraint: fc.option(expression([...before, name], others), { nil: undefined }),
      calculation: expression(before, others),
      preset: fc.option(fc.oneof(fc.constantFrom('2', 'x', 'a1', 'concat(1, 2)'), expression(before)), {
        nil: undefined,
      }),
    })
    .map(({ kind, relevant, constraint, calculation, preset }) => {
      const more = {
        ...(relevant && { relevant }),
        ...(constraint && { constraint }),
        ...(preset && { default: preset }),
        required: 'true()',
      }
      switch (kind) {
        case 'calculate':
          return { ...work(name, calculation), ...(relevant && { relevant }) }
        case 'calculated':
          return ask(name, 'text', { ...more, calculation })
        case 'triggered':
          return before[0] ? ask(name, 'text', { ...more, calculation, trigger: [before[0]] }) : ask(name, 'text', more)
        case 'town':
          return ask(name, 'select-one', {
            ...more,
            choices: { list: 'towns', filter: `region = ${before[0] ? `\${${before[0]}}` : "'a'"}` },
          })
        case 'many':
          return ask(name, 'select-multiple', { ...more, choices: { list: 'yes_no' } })
        default:
          return ask(name, kind as 'text' | 'integer', more)
      }
    })

/** @param hides whether the rows as a whole may be hidden: hidden rows count, as in ODK, and are not sent */
export const form = (hides: boolean): fc.Arbitrary<FormDefinition> =>
  fc
    .record({
      outer: fc.tuple(...outside.map((name, index) => question(name, outside.slice(0, index)))),
      inner: fc.tuple(
        ...inside.map((name, index) =>
          question(name, [...outside.slice(0, 2), ...inside.slice(0, index)], ofRows.slice(0, 1 + index * 2)),
        ),
      ),
      relevant: fc.option(expression(outside.slice(0, 2)), { nil: undefined }),
      count: fc.option(fc.constant('${a}'), { nil: undefined }),
      total: expression([...outside, 'p'], ofRows),
    })
    .map(({ outer, inner, relevant, count, total }) =>
      inventedForm(
        [
          ...outer.slice(0, 3),
          group('g', outer.slice(3), relevant ? { relevant } : {}),
          repeat('r', inner, { ...(count && { count }), ...(relevant && hides && { relevant }) }),
          work('total', total),
        ],
        [towns, yesNo],
      ),
    )

const value = fc.constantFrom<unknown>('x', 'a', '1', 2, 3, 'a1', 'b1', ['yes'], ['no', 'yes'], null, 'yes')
/** What a person does next: an answer, a row more or less, a look. */
export const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant('set'),
      fc.constantFrom('a', 'b', 'c', 'g/d', 'g/e', 'r[1]/p', 'r[1]/q', 'r[2]/p', 'r[3]/q'),
      value,
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('add'), fc.constant('r'), value) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('remove'), fc.constantFrom('1', '2', '3'), value) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('look'), fc.constant(''), value) },
)

/** undefined for the forms that do not hold: a circle through a count, say. */
export function compiled(definition: FormDefinition) {
  try {
    return compile(definition)
  } catch (error) {
    if (error instanceof FormFlaw) return undefined
    throw error
  }
}
