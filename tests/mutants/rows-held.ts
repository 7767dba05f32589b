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
