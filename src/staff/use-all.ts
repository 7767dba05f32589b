import { useQuery } from '@tanstack/react-query'
import type { Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { call } from './api.ts'
import type { Page, RowOf } from './use-pages.ts'

/** Reads a list to its end, page after page: for what is chosen among, where whoever is missing cannot be chosen. */
export function useAll<O extends Operation>(operation: O) {
  return useQuery({
    queryKey: [operation.id, 'all'],
    queryFn: async ({ signal }) => {
      // A phone that loses its signal on the way answers with all that it knows.
      const found = new Map<string, RowOf<O>>()
      let after: string | undefined
      do {
        const query = { limit: '100', ...(after ? { after } : {}) }
        const page = (await call(operation, { query, signal } as unknown as Call<O>)) as Page<RowOf<O>>
        for (const row of page.items) found.set((row as { id: string }).id, row)
        after = page.next
      } while (after)
      return { items: [...found.values()] }
    },
    retry: (count, error) => count < 2 && (error as { status?: number }).status === 503,
  })
}
