import { type Flaw, type FormDefinition, type FormNode, limits } from './definition.ts'
import { short } from './flaw.ts'

/** A node of the form with its surroundings, for looking names up. The first spot is the form itself. */
export interface Spot {
  /** In the order of the sheet, from 0. */
  readonly index: number
  /** null for the form itself. */
  readonly node: FormNode | null
  readonly name: string
  readonly parent: Spot | null
  readonly depth: number
  /** Among the kids of its parent, from 0. */
  readonly place: number
  readonly kids: readonly Spot[]
  readonly byName: ReadonlyMap<string, Spot>
  /** Repeats around it, outermost first; a repeat is not around itself. */
  readonly repeats: readonly Spot[]
  /** `group/repeat/name`; blank for the form itself. */
  readonly path: string
  /** How many of it there can be at the worst; a repeat counts its rows. */
  readonly most: number
}

export interface Outline {
  readonly root: Spot
  readonly spots: readonly Spot[]
  /** All spots of a name, anywhere. */
  named(name: string): readonly Spot[]
}

const nameShape = /^[\p{L}_][\p{L}\p{M}\p{Nd}_.·-]*$/u

/**
 * Spots of a definition. Flaws: too-many-nodes, too-deep, name-invalid, name-twice (among siblings); a flawed node
 * is left out.
 */
export function outline(definition: FormDefinition): { outline: Outline; flaws: readonly Flaw[] } {
  const flaws: Flaw[] = []
  const spots: Spot[] = []
  const names = new Map<string, Spot[]>()
  const refuse = (code: string, node: FormNode) =>
    flaws.push({ code, ...node.at, column: 'name', detail: short(node.name) })

  const add = (node: FormNode | null, parent: Spot | null, place: number): Spot => {
    const inside = parent?.node?.kind === 'repeat' ? [...parent.repeats, parent] : (parent?.repeats ?? [])
    const around = parent ? Math.min(parent.most, limits.rows) : 1
    const kids: Spot[] = []
    const byName = new Map<string, Spot>()
    const spot: Spot = {
      index: spots.length,
      node,
      name: node?.name ?? definition.id,
      parent,
      depth: parent ? parent.depth + 1 : 0,
      place,
      kids,
      byName,
      repeats: inside,
      path: parent?.path ? `${parent.path}/${node!.name}` : (node?.name ?? ''),
      most: node?.kind === 'repeat' ? Math.min(around * rowsOf(node.count), limits.rows) : around,
    }
    spots.push(spot)
    const children = node === null ? definition.body : node.kind === 'question' ? [] : node.children
    for (const child of children) {
      // The form itself is a spot too.
      if (spots.length > limits.nodes + 1) break
      if (!nameShape.test(child.name)) refuse('name-invalid', child)
      else if (byName.has(child.name)) refuse('name-twice', child)
      else if (spot.depth >= limits.depth) refuse('too-deep', child)
      else {
        const kid = add(child, spot, kids.length)
        kids.push(kid)
        byName.set(child.name, kid)
        const same = names.get(child.name)
        if (same) same.push(kid)
        else names.set(child.name, [kid])
      }
    }
    return spot
  }
  const root = add(null, null, 0)
  if (spots.length > limits.nodes + 1)
    flaws.push({ code: 'too-many-nodes', sheet: 'survey', detail: String(limits.nodes) })
  return { outline: { root, spots, named: name => names.get(name) ?? [] }, flaws }
}

const rowsOf = (count: string | undefined) =>
  count && /^\s*\d{1,4}\s*$/.test(count) ? Math.min(Number(count), limits.repeatRows) : limits.repeatRows

/**
 * The repeats that two places share, as XLSForm's `${name}` does: it stays in the row it is in. A repeat does not
 * share itself: named from within, it means all its rows.
 */
export function sharedRepeats(from: Spot, to: Spot): readonly Spot[] {
  const shared: Spot[] = []
  for (const [level, repeat] of from.repeats.entries()) {
    if (to.repeats[level] !== repeat) break
    shared.push(repeat)
  }
  return shared
}

/** Spots from below one down to another, which it holds. */
export function between(above: Spot, below: Spot): readonly Spot[] {
  const chain: Spot[] = []
  for (let spot: Spot | null = below; spot && spot !== above; spot = spot.parent) chain.unshift(spot)
  return chain
}
