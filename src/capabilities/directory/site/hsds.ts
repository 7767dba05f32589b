import type { Context, Hono } from 'hono'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Read } from '#platform/db/context.ts'
import { asProblem, problemResponse } from '#platform/http/problems.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import { pickLanguage } from '#platform/words/words.ts'
import { type Doc, simpleOf } from '../server/hsds/fields.ts'
import {
  atLocations,
  fullServiceOf,
  type ListedService,
  organizationOf,
  type Saying,
  serviceOf,
} from '../server/hsds/shape.ts'
import type { Reading } from '../server/open/reading.ts'
import * as store from '../server/open/store.ts'
import { Asked, idIn } from './asked.ts'

/** Where the list is read by programs; the same in every language. */
export const hsdsRoute = '/hsds'
/** What these addresses follow. */
const about = {
  version: '3.0',
  profile: 'https://docs.openreferral.org/en/3.0/hsds/',
  openapi_url: 'https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json',
}

const nested = ['organization', 'program', 'location', 'service']
const simpleService = (row: ListedService, saying: Saying): Doc =>
  simpleOf('service', fullServiceOf(row, saying), nested)

/** A service where it is, with all that belongs to both. Named as the service is: there the specification asks for either. */
function wholeAt(row: ListedService, at: Doc, saying: Saying): Doc {
  const { service_at_locations: _, ...service } = fullServiceOf(row, saying) as Record<string, unknown>
  return { name: service.name, status: service.status, ...at, service_id: row.id, service }
}
function simpleAt(row: store.ListedAt, saying: Saying): Doc {
  const at = atLocations(row, saying)![row.at]!
  return { ...simpleOf('service_at_location', at, nested), service_id: row.id, service: simpleService(row, saying) }
}

/** An organisation with what it offers: of each service only its id and name, or all. */
async function wholeOrganization(read: Read, row: Parameters<typeof organizationOf>[0], full: boolean, saying: Saying) {
  const services = await store.servicesOfListed(read, row.organisation)
  return {
    ...organizationOf(row, saying),
    services: services.map(one => (full ? serviceOf(one, saying) : simpleOf('service', serviceOf(one, saying), []))),
  }
}

/** One page, as the specification frames it. */
async function pageOf<Row>(
  asked: Asked,
  count: () => Promise<number>,
  rows: (slice: store.Slice) => Promise<Row[]>,
  show: (row: Row) => Doc | Promise<Doc>,
): Promise<Doc> {
  const { page, slice } = asked.page()
  const total = await count()
  const pages = Math.ceil(total / slice.limit)
  const found = slice.offset < total ? await rows(slice) : []
  const contents: Doc[] = []
  for (const row of found) contents.push(await show(row))
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  }
}

type Answer = (read: Read, asked: Asked, saying: Saying, id: string) => Promise<Doc>
const answers: Readonly<Record<string, Answer>> = {
  '/services': (read, asked, saying) => {
    const [filter, full] = [asked.services(), asked.full()]
    return pageOf(
      asked,
      () => store.countServices(read, filter),
      slice => store.listedServices(read, filter, slice),
      row => (full ? fullServiceOf(row, saying) : simpleService(row, saying)),
    )
  },
  '/services/:id': async (read, _, saying, id) => fullServiceOf(await store.listedService(read, id), saying),
  '/organizations': (read, asked, saying) => {
    const [search, full, fullService] = [asked.organisations(), asked.full(), asked.full('full_service')]
    return pageOf(
      asked,
      () => store.countOrganisations(read, search),
      slice => store.listedOrganisations(read, search, slice),
      row =>
        full || fullService
          ? wholeOrganization(read, row, fullService, saying)
          : simpleOf('organization', organizationOf(row, saying), nested),
    )
  },
  '/organizations/:id': async (read, asked, saying, id) =>
    wholeOrganization(read, await store.listedOrganisation(read, id), asked.full('full_service'), saying),
  '/service_at_locations': (read, asked, saying) => {
    const [filter, full] = [asked.services(), asked.full()]
    return pageOf(
      asked,
      () => store.countAtLocations(read, filter),
      slice => store.listedAtLocations(read, filter, slice),
      row => (full ? wholeAt(row, atLocations(row, saying)![row.at]!, saying) : simpleAt(row, saying)),
    )
  },
  '/service_at_locations/:id': async (read, _, saying, id) => {
    const row = await store.serviceAtLocation(read, id)
    return wholeAt(row, atLocations(row, saying)!.find(one => one.id === id)!, saying)
  },
}

/** Serves the public list to programs, by the Human Services Data Specification 3.0: nobody has to say who they are. */
export const serveHsds =
  (services: Services, reading: Reading) =>
  (app: Hono): void => {
    const pack = services.packs.get(services.config.country)!
    const refused = (c: Context, error: unknown) => {
      const problem = asProblem(error)
      const request = uuidv7()
      if (problem.code === 'broken') services.config.log({ event: 'site.broken', request, error })
      return problemResponse(problem, services.words(pickLanguage(c.req.header('accept-language'))), request)
    }
    const answered = (c: Context, body: Doc) => {
      // The list is for everybody: a page of another site may show it too.
      c.header('access-control-allow-origin', '*')
      c.header('vary', 'accept-language')
      c.header('cache-control', 'public, max-age=60')
      return c.json(body)
    }
    app.get(hsdsRoute, c => answered(c, about))
    for (const [path, answer] of Object.entries(answers))
      app.get(`${hsdsRoute}${path}`, async c => {
        try {
          const words = services.words(pickLanguage(c.req.header('accept-language')))
          const saying = { pack, now: services.now(), words }
          const asked = new Asked(c.req.url)
          const given = c.req.param('id')
          const id = given === undefined ? '' : idIn(given)
          return answered(c, await reading(read => answer(read, asked, saying, id)))
        } catch (error) {
          return refused(c, error)
        }
      })
    app.get(`${hsdsRoute}/*`, c => refused(c, new Problem('not-found')))
  }
