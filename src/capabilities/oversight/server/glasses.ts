import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { glassesADay, oversight } from '../contract.ts'
import { policy } from '../policy.ts'
import { sealWords } from './sealed.ts'
import { glassesShown } from './shown.ts'
import * as store from './store.ts'

export const myGlasses = handle(oversight.myGlasses, policy, {
  run: async ({ read, actor, key }) => {
    const [rows, { suspended, today }] = await Promise.all([
      store.listMine(read, actor.user),
      store.standingOf(read, actor.user),
    ])
    return {
      items: await glassesShown(read, actor, key, rows),
      suspended,
      left: suspended ? 0 : Math.max(0, glassesADay - today),
    }
  },
})

/** The review queue. */
export const listGlasses = handle(oversight.listGlasses, policy, {
  run: async ({ read, actor, key, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listGlasses(read, query.waiting === 'yes', paged), limit)
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items: await glassesShown(read, actor, key, items), ...more }
  },
})

const glassFacts = async (read: Parameters<typeof store.findGlass>[0], id: string) => {
  const row = await store.findGlass(read, id)
  return {
    opens: 0,
    glass: row && { case: row.case_id, by: row.account_id, role: row.role, judge: row.judge },
  }
}
export const reviewGlass = handle(oversight.reviewGlass, policy, {
  facts: ({ read, input }) => glassFacts(read, input.params.glass),
  caseOf: ({ glass }) => glass?.case ?? '',
  run: async ({ tx, facts: { glass }, key, input: { params, body, version }, note }) => {
    const shell = (await store.shellsOf(tx, [glass!.case])).get(glass!.case)
    if (!shell) throw new Problem('not-found')
    const row = await store.findGlass(tx, params.glass)
    if (row?.review) throw new Problem('already-answered')
    const sealed = sealWords(key(glass!.case, shell.slot, 'STA'), 'review', params.glass, body.text)
    if ((await store.reviewGlass(tx, params.glass, version, body.outcome, sealed)) === 0)
      throw new Problem('version-stale')
    note({ basis: params.glass, reason: body.outcome })
    return { id: params.glass, version: version + 1 }
  },
})

export const glassesOfCase = handle(oversight.glassesOfCase, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, key, input: { params } }) => ({
    items: await glassesShown(read, actor, key, await store.listOfCase(read, params.case)),
  }),
})
export const tellPerson = handle(oversight.tellPerson, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findGlass(read, params.glass)
    if (!row) throw notFound()
    return caseFacts(read, row.case_id)
  },
  caseOf: ({ folder }) => folder.id,
  run: async ({ tx, input: { params, version }, note }) => {
    const row = await store.findGlass(tx, params.glass)
    if (row?.told_at) throw new Problem('already-answered')
    if ((await store.markTold(tx, params.glass, version)) === 0) throw new Problem('version-stale')
    note({ basis: params.glass })
    return { id: params.glass, version: version + 1 }
  },
})
