import { sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'
import type { Performance, Unmet } from '../../contract-performance.ts'

type Counts = Record<string, number | null>
interface Row {
  readonly organisation: string
  readonly name: string
  readonly counts: Counts
  readonly reasons: Counts
  readonly ends: Counts
  readonly minutes: number | null
}
/** Counts alone, from a function of the database that asks again who asks. @param first the first day of a quarter */
export async function listPerformance(read: Read, ofCountry: boolean, first: string): Promise<Performance[]> {
  const rows = await read.all(
    sql<Row>`select organisation, name, counts, reasons, ends, minutes from referrals.performance(${ofCountry}, ${first}::date)`,
  )
  return rows.map(({ organisation, name, counts: { all, ...became }, reasons, ends, minutes }) => ({
    ...{ organisation, name, minutes, became, declined: reasons, ended: ends },
    all: all === undefined ? sum(became) : all,
  }))
}
export async function listUnmet(read: Read, first: string): Promise<Unmet[]> {
  const rows = await read.all(
    sql<Pick<Unmet, 'service' | 'area' | 'place'> & { counts: Counts }>`
      select service, area, place, counts from referrals.unmet(${first}::date)`,
  )
  return rows.map(({ counts: { all, ...counts }, ...row }) => ({ ...row, all: all ?? null, counts }))
}
const sum = (counts: Counts): number => Object.values(counts).reduce<number>((all, one) => all + (one ?? 0), 0)
