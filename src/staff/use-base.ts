import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/** What a form was begun on, and what stands now. */
export interface Base<D> {
  readonly version: number
  readonly began: D
  readonly theirs: D
  /** Somebody else was faster. */
  readonly moved: boolean
  /** Goes on from what stands now. */
  readonly goOn: () => void
  /** Fetches what stands where the server said that it is another version. @returns whether it said so */
  readonly refused: (thrown: unknown) => boolean
}

/**
 * The version that a form was begun on. When somebody else was faster, what they wrote is fetched, and whoever types says
 * field by field what holds; nothing typed is lost.
 * @param now the version as it stands
 * @param stands what it says, as the form holds it
 * @param operation whose answer shows it
 */
export function useBase<D>(now: number, stands: D, operation: string): Base<D> {
  const queries = useQueryClient()
  const [{ version, began }, setBase] = useState({ version: now, began: stands })
  return {
    ...{ version, began, theirs: stands },
    moved: now !== version,
    goOn: () => setBase({ version: now, began: stands }),
    refused: thrown => {
      const overtaken = (thrown as { status?: number }).status === 412
      if (overtaken) void queries.invalidateQueries({ queryKey: [operation] })
      return overtaken
    },
  }
}
