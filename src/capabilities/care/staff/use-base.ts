import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * The version that a form was begun on. When somebody else was faster, what they wrote is fetched, and whoever types
 * says whether theirs goes over it; nothing typed is lost.
 * @param now the version as it stands
 * @param operation whose answer shows it
 */
export function useBase(now: number, operation: string) {
  const queries = useQueryClient()
  const [version, setVersion] = useState(now)
  return {
    version,
    moved: now !== version,
    overtake: () => setVersion(now),
    refused: (thrown: unknown) => {
      if ((thrown as { status?: number }).status === 412) void queries.invalidateQueries({ queryKey: [operation] })
    },
  }
}
