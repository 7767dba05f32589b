import { directory } from '#capabilities/directory/contract.ts'
import { useAll } from '#staff/use-all.ts'

/** Organisations by name; a dash for one that is not among them. */
export function useBodies(): {
  readonly bodies: readonly { id: string; name: string }[]
  readonly nameOf: (id: string) => string
} {
  const { data } = useAll(directory.list)
  const bodies = (data?.items ?? []).filter(one => one.active)
  return { bodies, nameOf: id => data?.items.find(one => one.id === id)?.name ?? '–' }
}
