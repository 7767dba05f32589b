import { directory, type OrganisationRow } from '#capabilities/directory/contract.ts'
import { useAll } from '#staff/use-all.ts'
import { useWords } from '#ui/words-context.tsx'
import type { ConsentRecord } from '../contract.ts'

/** Who gives a service sees of a yes what it says about their own organisation, and not who else helps. */
export const isGuest = (role: string): boolean => role === 'provider' || role === 'shelter-manager'

/** Where a yes stands now. */
export type Standing = 'live' | 'withdrawn' | 'ended'

export const withdrawalOf = (record: ConsentRecord, ledger: readonly ConsentRecord[]): ConsentRecord | undefined =>
  ledger.find(one => one.withdraws === record.id)

export const standingOf = (record: ConsentRecord, ledger: readonly ConsentRecord[]): Standing =>
  record.live ? 'live' : withdrawalOf(record, ledger) ? 'withdrawn' : 'ended'

/** The organisations that a record may name. */
export function useBodies(): {
  readonly nameOf: (id: string) => string
  readonly find: (id: string) => OrganisationRow | undefined
  /** nothing is known of them yet */
  readonly pending: boolean
} {
  const { t } = useWords()
  const { data, isPending } = useAll(directory.list)
  const find = (id: string) => data?.items.find(one => one.id === id)
  return { find, nameOf: id => find(id)?.name ?? t('consent.agreed.unlisted'), pending: isPending }
}
