import type { In } from '#platform/contract/operation.ts'
import { answering, asKept, type Kept, newestFirst, type WithoutSignal } from '#staff/phone/kept.ts'
import { type Screening, screening } from '../contract.ts'

type Recorded = In<(typeof screening.record)['body']>

/** What an officer recorded, arrived or not, and the instruments as they stand. */
export const withoutSignal: WithoutSignal = {
  answers: [
    answering(screening.list, async (kept, { query }, online) => {
      if (online && query?.after) return online
      const pulled = await kept.records<Screening>('screening')
      const here = await recordedHere(kept, [...pulled, ...(online?.items ?? [])])
      const referred = await casesReferredHere(kept)
      const rows = (online ? [...online.items, ...here] : [...pulled, ...here]).map(row =>
        referred.has(row.case) ? { ...row, referred: true } : row,
      )
      const items = newestFirst(rows).filter(
        row =>
          (!query?.sector || row.sector === query.sector) &&
          (!query?.referred || row.referred === (query.referred === 'yes')),
      )
      return { ...online, items }
    }),
    answering(screening.read, async (kept, { params }, online) => {
      const pulled = online ?? (await kept.record<Screening>('screening', params.screening))
      const found = pulled ?? (await recordedHere(kept, [])).find(row => row.id === params.screening)
      return found && (await casesReferredHere(kept)).has(found.case) ? { ...found, referred: true } : found
    }),
    asKept(screening.instruments),
    asKept(screening.instrument),
  ],
  makesCase: [screening.record.id],
  draftOf: { [screening.record.id]: 'screening' },
  keep: async get => {
    const { items } = await get(screening.instruments, {})
    for (const { code, version } of items)
      await get(screening.instrument, { params: { instrument: code }, query: { version } }, 'stays')
  },
}

/**
 * What was finished here and is not among what was pulled. What works answers out is fetched where there are any to work
 * out.
 */
async function recordedHere(kept: Kept, pulled: readonly { readonly id: string }[]): Promise<Screening[]> {
  const known = new Set(pulled.map(row => row.id))
  const finished = (await kept.finished<Recorded>(screening.record.id)).filter(one => !known.has(one.body.id))
  if (finished.length === 0) return []
  const { shownHere } = await import('./recorded-here.ts')
  return Promise.all(finished.map(one => shownHere(one, kept)))
}

const casesReferredHere = async (kept: Kept): Promise<Set<string>> =>
  new Set((await kept.finished<{ case: string }>('referrals.send')).filter(one => one.stands).map(one => one.body.case))
