import type { ReactNode } from 'react'
import { Button } from '#ui/Button.tsx'

/** Things of one kind that are added and taken away, each with fields of its own. */
export function Several<T>({
  items,
  onChange,
  empty,
  add,
  remove,
  most = 20,
  children,
}: {
  items: readonly T[]
  onChange: (items: T[]) => void
  empty: () => T
  add: string
  /** Names what is taken away, by its place. */
  remove: (place: number) => string
  most?: number
  children: (item: T, change: (part: Partial<T>) => void, place: number) => ReactNode
}) {
  return (
    <div>
      {items.map((item, place) => (
        // Rows have no id of their own, and one that goes takes its fields along.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div className="care-row" key={place}>
          {children(item, part => onChange(items.map((one, at) => (at === place ? { ...one, ...part } : one))), place)}
          <Button variant="quiet" compact onClick={() => onChange(items.filter((_, at) => at !== place))}>
            {remove(place + 1)}
          </Button>
        </div>
      ))}
      {items.length < most && (
        <div className="actions">
          <Button variant="secondary" compact onClick={() => onChange([...items, empty()])}>
            {add}
          </Button>
        </div>
      )}
    </div>
  )
}
