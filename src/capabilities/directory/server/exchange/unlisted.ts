import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import type { ServiceKind } from '../../contract.ts'
import { type Brought, exchange, type Unlisted } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import type { Doc } from '../hsds/fields.ts'
import { fullServiceOf, type Saying } from '../hsds/shape.ts'
import { saidPublicly } from './said-publicly.ts'
import { soundsSheltered } from './shelters.ts'
import * as store from './store.ts'

/** Lines of one service that are read in a list among others. */
const mostLines = 60

/** Why this service is not made public among others; null: it may be. */
export function aloneOf(doc: Doc, { where, reach, people }: Brought): Unlisted['alone'] {
  if (soundsSheltered(doc) || soundsSheltered((doc.organization ?? {}) as Doc)) return 'sounds-sheltered'
  return where.length + reach.length + people.length > mostLines ? 'much' : null
}
export function unlistedOf(row: store.UnlistedRow, saying: Saying): Unlisted {
  const doc = fullServiceOf(row, saying)
  const brought = saidPublicly('service', doc)
  const alone = aloneOf(doc, brought)
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    kind: row.kind as ServiceKind,
    description: row.description,
    organisation: { id: row.organisation, name: row.organisation_name, version: row.organisation_version },
    brought: alone === 'much' ? { where: [], reach: [], people: [] } : brought,
    alone,
  }
}

export const unlisted = handle(exchange.unlisted, policy, {
  run: async ({ read, actor, services, input: { query }, now }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    const { limit, paged } = pagedBy(query)
    const { items, ...rest } = pageOf(await store.unlistedServices(read, { ...query, ...paged }), limit)
    return { items: items.map(row => unlistedOf(row, saying)), ...rest }
  },
})
