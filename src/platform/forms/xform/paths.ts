import type { FormDefinition, FormNode } from '../definition.ts'
import { flaw } from '../flaw.ts'

/** The name of a form's outermost element. */
export const root = 'data'

/** A node and where it stands in the form's XML. */
export interface Located {
  readonly node: FormNode
  /** Names from the root on, the root's included. Groups of a flat form leave no trace. */
  readonly steps: readonly string[]
  readonly path: string
  /** Enclosing repeats, outermost first, as the number of `steps` that lead to each. */
  readonly repeats: readonly number[]
}

export class Paths {
  readonly #byName = new Map<string, Located[]>()
  readonly #byNode = new Map<FormNode, Located>()

  constructor(definition: FormDefinition) {
    const visit = (nodes: readonly FormNode[], above: readonly string[], repeats: readonly number[]): void => {
      for (const node of nodes) {
        const hidden = definition.flat === true && node.kind === 'group'
        const steps =
          node.kind === 'question' && node.meta === 'audit' ? [root, 'meta', 'audit'] : [...above, node.name]
        const located = { node, steps, path: `/${steps.join('/')}`, repeats }
        this.#byNode.set(node, located)
        this.#byName.set(node.name, [...(this.#byName.get(node.name) ?? []), located])
        if (node.kind === 'question') continue
        visit(node.children, hidden ? above : steps, node.kind === 'repeat' ? [...repeats, steps.length] : repeats)
      }
    }
    visit(definition.body, [root], [])
  }

  of(node: FormNode): Located {
    return this.#byNode.get(node) ?? flaw('name-unknown', node.name)
  }

  /**
   * The path of `${name}` as seen from `here`: relative inside a repeat that both share, so that every row means its
   * own; else absolute. `current` is for predicates, whose `..` would start at the thing filtered.
   * @throws FormFlaw name-unknown
   */
  to(
    name: string,
    here: Located | undefined,
    how: { readonly absolute?: boolean; readonly current?: boolean } = {},
  ): string {
    const target = this.#nearest(name, here)
    if (!here || how.absolute || !sharedRepeat(here, target)) return ` ${target.path} `
    const common = commonSteps(here.steps, target.steps.slice(0, -1))
    const up = here.steps.length - common
    const down = target.steps.slice(common)
    return ` ${how.current ? 'current()/' : ''}${[...Array<string>(up).fill('..'), ...down].join('/')} `
  }

  #nearest(name: string, here: Located | undefined): Located {
    const [first, ...others] = this.#byName.get(name) ?? []
    if (!first) flaw('name-unknown', name)
    if (!here) return first
    const near = (located: Located): number => commonSteps(located.steps, here.steps)
    return others.reduce((best, other) => (near(other) > near(best) ? other : best), first)
  }
}

function commonSteps(a: readonly string[], b: readonly string[]): number {
  let common = 0
  while (common < a.length && common < b.length && a[common] === b[common]) common++
  return common
}

/** Whether one repeat encloses both (and is neither). */
const sharedRepeat = (a: Located, b: Located): boolean =>
  a.repeats.some(length => b.repeats.includes(length) && commonSteps(a.steps, b.steps) >= length)
