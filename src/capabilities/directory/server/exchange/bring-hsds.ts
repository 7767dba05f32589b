import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { exchange } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import { planOf } from './plan.ts'
import * as store from './store.ts'

/** Does what was checked, in one transaction. @throws Problem version-stale where a file or the directory is another one since */
export const bringHsds = handle(exchange.bringHsds, policy, {
  run: async ({ tx, actor, services, input: { body }, now }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    const plan = await planOf(tx, body.file, body.kind, saying)
    if (plan.checked !== body.checked) throw new Problem('version-stale')
    const fresh = <Row>(all: readonly { row: Row; move: string }[]) =>
      all.filter(one => one.move === 'new').map(one => one.row)
    const changed = <Row>(all: readonly { row: Row; move: string; version: number }[]) =>
      all.filter(one => one.move === 'changed').map(one => ({ ...one.row, version: one.version }))
    const bodies = changed(plan.organisations)
    await store.insertOrganisations(tx, actor.country, fresh(plan.organisations))
    await store.updateOrganisations(tx, bodies)
    // Asked once they are held: what somebody made public since the plan was made leaves the public list, too.
    const listed = await store.publicOf(
      tx,
      bodies.map(one => one.id),
    )
    await store.hideServices(
      tx,
      listed.filter(id => !plan.services.some(one => one.row.id === id && one.move === 'changed')),
    )
    await store.insertServices(tx, fresh(plan.services))
    await store.updateServices(tx, changed(plan.services))
    return plan.findings
  },
})
