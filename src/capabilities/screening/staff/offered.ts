import { useAsk } from '#staff/api.ts'
import { screening } from '../contract.ts'
import type { InstrumentRow } from '../contract-instruments.ts'

/** Where organisations of a kind look for signs; of the others nobody can know. */
const sectorOf: Readonly<Record<string, InstrumentRow['sector']>> = {
  'labour-inspectorate': 'labour',
  immigration: 'border',
  'coast-guard': 'border',
  police: 'police',
  health: 'health',
  'child-protection': 'school',
  school: 'school',
}

/** What the country has published for this role. */
export function useOffered() {
  const found = useAsk(screening.instruments, {})
  const rows = found.data?.items.filter(row => row.status === 'published') ?? []
  return {
    cards: rows.filter(row => row.layer === 'card'),
    screens: rows.filter(row => row.layer === 'short-screen'),
    pending: found.isPending,
    error: found.error,
    retry: () => void found.refetch(),
  }
}

/** The one to begin with, of the sector that an organisation of this kind works in. */
export const suggested = (rows: readonly InstrumentRow[], kind: string): InstrumentRow | undefined =>
  rows.find(row => row.sector === sectorOf[kind])

/** The questions that go with a card: of its sector before those for anywhere. */
export const screenFor = (
  screens: readonly InstrumentRow[],
  card: InstrumentRow | undefined,
): InstrumentRow | undefined =>
  screens.find(row => card !== undefined && row.sector === card.sector) ??
  screens.find(row => row.sector === 'any') ??
  screens[0]
