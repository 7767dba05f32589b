import type { Delivery, Total } from './contract-plan.ts'

/** What was given, kind by kind, in the order of the kinds' first mention. */
export function totalsOf(deliveries: readonly Delivery[]): Total[] {
  const totals = new Map<string, Total>()
  for (const { service, outcome, quantity, unit, cost } of deliveries) {
    const total = totals.get(service) ?? { service, delivered: 0, declined: 0, unavailable: 0, quantities: [], cost: 0 }
    totals.set(service, total)
    if (outcome === 'declined-by-person') total.declined += 1
    else if (outcome === 'unavailable') total.unavailable += 1
    else total.delivered += 1
    total.cost += cost ?? 0
    if (unit === null || quantity === null) continue
    const same = total.quantities.find(one => one.unit === unit)
    if (same) same.quantity += quantity
    else total.quantities.push({ unit, quantity })
  }
  return [...totals.values()]
}
