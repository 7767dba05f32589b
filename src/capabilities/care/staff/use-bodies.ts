import { directory } from '#capabilities/directory/contract.ts'
import { useAsk } from '#staff/api.ts'

/** Organisations by name; a dash for one that is not among them. */
export function useBodies(): {
  readonly bodies: readonly { id: string; name: string }[]
  readonly nameOf: (id: string) => string
} {
  const { data } = useAsk(directory.list, { query: { limit: '100' } })
  const bodies = (data?.items ?? []).filter(one => one.active)
  return { bodies, nameOf: id => data?.items.find(one => one.id === id)?.name ?? '–' }
}
