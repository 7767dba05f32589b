import { type Fence, inTransaction, type Tx } from '../db/context.ts'
import type { Services } from './services.ts'

/** Nobody: no account, no organisation, no role that a policy names. What such a page opens, its token opens. */
const nobody: Fence = {
  user: '00000000-0000-0000-0000-000000000000',
  principals: [],
  compartments: 0,
  country: 'ZZZ',
  role: 'person',
}
export const asNobody = <T>(services: Services, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(services.pool, nobody, work)
