import type { Context } from 'hono'
import { readText } from '#platform/http/body.ts'
import { readPairs } from '#platform/http/pairs.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { SitePart, View } from '../../../site/page.ts'
import type { ListedService } from '../server/hsds/shape.ts'
import type { Reading } from '../server/open/reading.ts'
import * as store from '../server/open/store.ts'
import { isOpenNow } from '../server/services/store.ts'
import { type Wanted, wantedOf } from './find-asked.ts'
import { findPage } from './find-page.ts'

export const findRoute = '/find'
const perPage = 20
const nothing: Wanted = { open: false, page: 1 }

/**
 * "Find help": what is offered, for everybody, without an account or a script. What somebody looks for is posted and so stands in
 * no address, no history and no log.
 */
export function findPart(services: Services, reading: Reading): SitePart {
  const pack = services.packs.get(services.config.country)!
  const draw = (view: View, wanted: Wanted) =>
    reading(async read => {
      const now = services.now()
      const at = { now, pack }
      const filter: store.Filter = {
        kind: wanted.need,
        area: wanted.place,
        language: wanted.language,
        open: wanted.open ? at : undefined,
      }
      const openNow = (row: ListedService) => isOpenNow(row, at)
      const choices = await store.choicesOf(read)
      if (wanted.one) {
        const row = await store.listedService(read, wanted.one).catch(error => {
          if (error instanceof Problem && error.code === 'not-found') return undefined
          throw error
        })
        return findPage(view, { wanted, choices, rows: row ? [row] : [], total: row ? 1 : 0, pages: 1, openNow, now })
      }
      const total = await store.countServices(read, filter)
      const pages = Math.max(1, Math.ceil(total / perPage))
      const page = Math.min(wanted.page, pages)
      const rows = await store.listedServices(read, filter, { offset: (page - 1) * perPage, limit: perPage })
      return findPage(view, { wanted: { ...wanted, page }, choices, rows, total, pages, openNow, now })
    })
  return {
    route: findRoute,
    door: { title: 'find.door.title', text: 'find.door.text' },
    show: view => draw(view, nothing),
    take: async (c: Context, view: View) => {
      let sent: ReadonlyMap<string, string>
      try {
        sent = new Map(readPairs(await readText(c, 10_000), 'body'))
      } catch (error) {
        // Whatever was sent, the page that they wanted is shown.
        if (!(error instanceof Problem)) throw error
        sent = new Map()
      }
      return c.html(await draw(view, wantedOf(sent)))
    },
  }
}
