/** A part of what a form holds: how it is compared, read and taken over when somebody else was faster. */
export interface Field<D> {
  readonly name: string
  readonly label: string
  /** What is compared. */
  readonly value: (draft: D) => unknown
  /** How it reads; '' where nothing stands. */
  readonly shown: (draft: D) => string
  /** The one draft with this field of the other. */
  readonly take: (into: D, from: D) => D
}
export type Side = 'mine' | 'theirs'
/** What stood when somebody began to type, what they typed, and what stands now. */
export interface Three<D> {
  readonly began: D
  readonly mine: D
  readonly theirs: D
}
export interface Compared<D> {
  /** Changed on both sides, and not to the same. */
  readonly both: readonly Field<D>[]
  /** Changed by the others alone. */
  readonly came: readonly Field<D>[]
}

const same = <D>({ value }: Field<D>, a: D, b: D) => JSON.stringify(value(a)) === JSON.stringify(value(b))

export function compared<D>(fields: readonly Field<D>[], { began, mine, theirs }: Three<D>): Compared<D> {
  const moved = fields.filter(one => !same(one, began, theirs) && !same(one, mine, theirs))
  return {
    both: moved.filter(one => !same(one, began, mine)),
    came: moved.filter(one => same(one, began, mine)),
  }
}

/** Mine, with what the others alone changed, and of what both changed the side that was chosen. */
export function merged<D>(fields: readonly Field<D>[], three: Three<D>, chosen: Readonly<Record<string, Side>>): D {
  const { both, came } = compared(fields, three)
  const taken = [...came, ...both.filter(one => chosen[one.name] === 'theirs')]
  return taken.reduce((draft, one) => one.take(draft, three.theirs), three.mine)
}

/** A field that is a property of the draft. */
export const property = <D, K extends keyof D & string>(
  name: K,
  label: string,
  shown: (value: D[K]) => string,
): Field<D> => ({
  ...{ name, label },
  value: draft => draft[name],
  shown: draft => shown(draft[name]),
  take: (into, from) => ({ ...into, [name]: from[name] }),
})
