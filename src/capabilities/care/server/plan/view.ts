import type { Action, Delivery, Plan } from '../../contract-plan.ts'
import type { Box } from '../sealed.ts'
import type { ActionRow, DeliveryRow, PlanRow } from './store.ts'

export type PlanText = Pick<Plan, 'goals' | 'ownWords'>

export const planOf = (row: PlanRow, box: Box): Plan => ({
  id: row.id,
  number: row.number,
  state: row.state as Plan['state'],
  ...box.open<PlanText>('plan', row.id, row.sealed),
  at: row.at.toISOString(),
  by: row.name ?? '',
  givenBy: row.given_by as Plan['givenBy'],
  agreedHow: row.agreed_how as Plan['agreedHow'],
  agreedAt: row.agreed_at?.toISOString() ?? null,
  version: row.version,
})
/** @param box absent where the reader may not open the services' words */
export const actionOf = (row: ActionRow, box: Box | undefined): Action => ({
  id: row.id,
  service: row.service as Action['service'],
  owner: row.owner as Action['owner'],
  organisation: row.organisation_id,
  dueOn: row.due_on,
  state: row.state as Action['state'],
  ...(box ? { what: box.open<string>('action', row.id, row.sealed) } : {}),
  version: row.version,
})
export const deliveryOf = (row: DeliveryRow, box: Box | undefined): Delivery => ({
  id: row.id,
  action: row.action_id,
  service: row.service as Delivery['service'],
  outcome: row.outcome as Delivery['outcome'],
  on: row.given_on,
  organisation: row.organisation_id,
  quantity: row.quantity,
  unit: row.unit as Delivery['unit'],
  cost: row.cost,
  ...(box && row.sealed_note ? { note: box.open<string>('delivery', row.id, row.sealed_note) } : {}),
  by: row.name ?? '',
})
