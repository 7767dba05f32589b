import { stableId } from '../../tools/demonstration/people.ts'
import { here, laidCases, me, there } from './laid.ts'
import type { Values } from './rows-written.ts'

/** Files that wait, of every case and of every lead: sent by this one and that, here and abroad, and some that wait no more. */
export function heldFiles(leads: readonly Values[]): Values[] {
  const about = [
    ...laidCases.map(one => ({ name: one.name, case_id: one.id, lead_id: null })),
    ...leads.map((one, n) => ({ name: `lead ${n}`, case_id: null, lead_id: one.id! })),
  ]
  return about.flatMap(({ name, ...of }) =>
    [{}, { by_account: me('wren') }, { country: there }, { ended: 'ready' }, { ended: 'refused', country: there }].map(
      (more, n) => ({
        ...{ upload_id: stableId(`held ${name} ${n}`), country: here, by_account: me('marisol'), code: 'infected' },
        ...{ kind: 'pdf', size: 5, ended: null, ...of, ...more },
      }),
    ),
  )
}

/** Files of every lead, beside what the columns alone make: whose lead it is, not only which, decides who reads them. */
export const filesOfLeads = (rows: readonly Values[], leads: readonly Values[]): Values[] => [
  ...rows,
  ...leads.flatMap((lead, n) =>
    ([{}, { state: 'ready' }, { by_account: me('marisol') }] as Values[]).map((more, at) => ({
      ...rows[0]!,
      ...{ id: stableId(`file of lead ${n} ${at}`), lead_id: lead.id!, organisation_id: lead.organisation_id! },
      ...more,
    })),
  ),
]
