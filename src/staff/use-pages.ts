import { useInfiniteQuery } from '@tanstack/react-query'
import type { Answer, Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { call } from './api.ts'

export interface Page<Row> {
  items: Row[]
  next?: string | undefined
  total?: number | undefined
}
export type RowOf<O extends Operation> = Answer<O> extends Page<infer Row> ? Row : never

/** A list page by page, in the shape that ListPage takes. */
export function usePages<O extends Operation>(operation: O, query: Record<string, string | undefined>) {
  const pages = useInfiniteQuery({
    queryKey: [operation.id, query],
    queryFn: async ({ pageParam, signal }) =>
      (await call(operation, { query: { ...query, after: pageParam }, signal } as unknown as Call<O>)) as Page<
        RowOf<O>
      >,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next,
    retry: (count, error) => count < 2 && (error as { status?: number }).status === 503,
    placeholderData: kept => kept,
  })
  return {
    rows: pages.data?.pages.flatMap(page => page.items) ?? [],
    total: pages.data?.pages[0]?.total,
    status: pages.isPending ? ('loading' as const) : pages.isError ? ('error' as const) : ('ready' as const),
    error: pages.error,
    onRetry: () => pages.refetch().then(() => {}),
    onMore: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    loadingMore: pages.isFetchingNextPage,
    busy: pages.isPlaceholderData,
  }
}
