import { handle } from '#platform/http/handle.ts'
import { exchange } from '../../contract-exchange.ts'
import { policy } from '../../policy.ts'
import { fullServiceOf } from '../hsds/shape.ts'
import { countServices, listedServices } from '../open/store.ts'

const atOnce = 500

/** The public list as one page of whole services: what the list's own addresses answer, in a file. */
export const exportHsds = handle(exchange.exportHsds, policy, {
  run: async ({ read, actor, services, now }) => {
    const saying = { pack: services.packs.get(actor.country)!, now, words: services.words('en') }
    const total = await countServices(read, {})
    const pieces: Buffer[] = []
    for (let offset = 0; offset < total; offset += atOnce)
      for (const row of await listedServices(read, {}, { offset, limit: atOnce }))
        pieces.push(Buffer.from(`${pieces.length > 0 ? ',\n' : ''}${JSON.stringify(fullServiceOf(row, saying))}`))
    const { length } = pieces
    const page = {
      total_items: length,
      total_pages: 1,
      page_number: 1,
      size: length,
      first_page: true,
      last_page: true,
    }
    const head = JSON.stringify({ ...page, empty: length === 0 }).slice(0, -1)
    return {
      name: 'services-hsds-3.0.json',
      bytes: Buffer.concat([Buffer.from(`${head},"contents":[\n`), ...pieces, Buffer.from('\n]}\n')]),
    }
  },
})
