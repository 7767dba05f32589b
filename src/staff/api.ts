import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, type Call, client } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { identifier } from './offline/bytes.ts'
import { phoneHere } from './phone/here.ts'

/** Asks the server and nobody else; problems come in the page's language. */
const online = client(
  (path, init) => fetch(path, init),
  () => document.documentElement.lang || 'en',
)
/** The typed caller of this app. An unlocked phone answers readings itself where there is no signal. */
export const call = <O extends Operation>(operation: O, parts: Call<O>): Promise<Answer<O>> => {
  const { pocket } = phoneHere()
  return pocket && operation.kind === 'query' ? pocket.read(operation, parts, online) : online(operation, parts)
}

/** A UUIDv7 for a command or a record: time first, so that what is made later sorts later. */
export const newId = (at = Date.now()): string => identifier(crypto, at)

/** Reads with an operation; the answer is kept in memory only, and asked for again when the page comes back to front. */
export function useAsk<O extends Operation>(
  operation: O,
  parts: Call<O>,
  options: { enabled?: boolean; staleTime?: number } = {},
) {
  return useQuery({
    queryKey: [operation.id, parts],
    queryFn: ({ signal }): Promise<Answer<O>> => call(operation, { ...parts, signal }),
    retry: (count, error) => count < 2 && (error as { status?: number }).status === 503,
    ...options,
  })
}

/** Somebody else was faster: what is on the screen is old. */
const overtaken = (thrown: unknown): boolean => [409, 412].includes((thrown as { status?: number } | null)?.status ?? 0)
/**
 * Does a command. The key is made once for each press, so that a retry of a lost answer is the same command.
 * @param stale ids of operations whose answers this change makes old; also read again where somebody else was faster, so that the
 * next press is made on what is there
 */
export function useCommand<O extends Operation>(operation: O, stale: readonly string[] = []) {
  const queries = useQueryClient()
  const readAgain = () => Promise.all(stale.map(id => queries.invalidateQueries({ queryKey: [id] })))
  return useMutation({
    mutationFn: async (parts: Call<O>): Promise<Answer<O>> => {
      const key = parts.key ?? newId()
      const { pocket } = phoneHere()
      if (pocket && operation.offline) return pocket.command(operation, { ...parts, key }, online)
      for (let tries = 1; ; tries++) {
        try {
          return await call(operation, { ...parts, key })
        } catch (error) {
          const again = (error as { status?: number }).status === 503 || error instanceof TypeError
          if (!again || tries === 3) throw error
          await new Promise(resolve => setTimeout(resolve, 400 * tries))
        }
      }
    },
    onSuccess: readAgain,
    onError: thrown => (overtaken(thrown) ? readAgain() : undefined),
  })
}
