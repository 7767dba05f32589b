import type { FormDefinition, Question } from '#platform/forms/definition.ts'
import { parseExpression } from '#platform/forms/expression/parse.ts'
import type { Binary, Expression } from '#platform/forms/expression/tree.ts'
import { inLanguage } from '#platform/forms/texts.ts'
import type { Words } from '#platform/words/words.ts'

/** A question as paper names it. */
export interface Numbered {
  readonly number: number
  readonly question: Question
}

/**
 * When something is asked, in words for paper: "question 4 is “Yes”".
 * @returns undefined where no plain words say it, null where it is always asked
 */
export function conditionInWords(
  relevant: string | undefined,
  about: {
    readonly definition: FormDefinition
    readonly language: string
    readonly numbered: ReadonlyMap<string, Numbered>
    readonly words: Words
  },
): string | null | undefined {
  if (!relevant?.trim()) return null
  const { definition, language, numbered, words } = about
  const { t } = words

  const choiceText = ({ question }: Numbered, name: string): string => {
    const list = definition.lists.find(one => one.name === question.choices?.list)
    const choice = list?.choices.find(one => one.name === name)
    return (
      inLanguage(choice?.label, language, definition.defaultLanguage) ?? (name === 'other' ? t('form.other') : name)
    )
  }
  /** `${x} = 'y'`, either way round, or `selected(${x}, 'y')`. */
  const equal = (
    node: Expression,
    operator: '=' | '!=',
  ): { asked: Numbered; name: string; value: string | number } | undefined => {
    const [one, other] =
      node.kind === 'binary' && node.operator === operator
        ? [node.left, node.right]
        : operator === '=' && node.kind === 'call' && node.name === 'selected'
          ? node.args
          : []
    const [reference, literal] = one?.kind === 'literal' ? [other, one] : [one, other]
    if (reference?.kind !== 'reference' || literal?.kind !== 'literal') return undefined
    const asked = numbered.get(reference.name)
    return asked && { asked, name: reference.name, value: literal.value }
  }
  const among = (key: 'is' | 'is-not', asked: Numbered, values: readonly (string | number)[]): string => {
    const texts = values.map(value => t('form.print.quoted', { text: choiceText(asked, String(value)) }))
    return t(`form.print.${key}`, { number: asked.number, answer: words.list(texts, 'disjunction') })
  }
  /** Several conditions about one question as one: "is “A” or “B”". */
  const together = (nodes: readonly Expression[], operator: '=' | '!='): string | undefined => {
    const all = nodes.map(node => equal(node, operator))
    const [first] = all
    if (!first || all.some(one => one?.name !== first.name)) return undefined
    const values = all.map(one => one!.value)
    if (values.includes('')) {
      const key = operator === '=' ? 'empty' : 'answered'
      return values.length === 1 ? t(`form.print.${key}`, { number: first.asked.number }) : undefined
    }
    return among(operator === '=' ? 'is' : 'is-not', first.asked, values)
  }
  const flat = (node: Expression, operator: 'and' | 'or'): Expression[] =>
    node.kind === 'binary' && node.operator === operator
      ? [...flat(node.left, operator), ...flat(node.right, operator)]
      : [node]
  const compared = ({ left, right, operator }: Binary): string | undefined => {
    if (left.kind !== 'reference' || right.kind !== 'literal') return undefined
    const asked = numbered.get(left.name)
    const keys: Partial<Record<string, string>> = { '<': 'less', '<=': 'at-most', '>': 'more', '>=': 'at-least' }
    const key = keys[operator]
    return asked && key ? t(`form.print.${key}`, { number: asked.number, answer: String(right.value) }) : undefined
  }
  const say = (node: Expression): string | undefined => {
    if (node.kind === 'call' && node.name === 'not' && node.args.length === 1) {
      const [inner] = node.args
      const one = inner && equal(inner, '=')
      return one ? among('is-not', one.asked, [one.value]) : undefined
    }
    if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) {
      const parts = flat(node, node.operator)
      const one = together(parts, node.operator === 'or' ? '=' : '!=')
      if (one) return one
      const said = parts.map(say)
      // "A and B or C" would be read either way on paper.
      if (
        said.includes(undefined) ||
        parts.some(
          part => part.kind === 'binary' && ['and', 'or'].includes(part.operator) && !together(flat(part, 'or'), '='),
        )
      )
        return undefined
      return words.list(said as string[], node.operator === 'and' ? 'conjunction' : 'disjunction')
    }
    return together([node], '=') ?? together([node], '!=') ?? (node.kind === 'binary' ? compared(node) : undefined)
  }
  try {
    const tree = parseExpression(relevant)
    if (tree.kind === 'call' && tree.name === 'true') return null
    return say(tree)
  } catch {
    return undefined
  }
}
