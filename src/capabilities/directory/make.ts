import type { Hono } from 'hono'
import type { Harness } from '../../../tests/harness/harness.ts'
import { siteApp } from '../../site/app.ts'
import { readingOf } from './server/index.ts'
import { findPart } from './site/find.ts'
import { serveHsds } from './site/hsds.ts'

/** The public site of a harness's country, with the list of services. */
export function openSite({ services }: Harness): Hono {
  const words = { en: services.words('en'), es: services.words('es') }
  const pack = services.packs.get('XSA')!
  const reading = readingOf(services)
  return siteApp({
    pack,
    words,
    siteOrigin: 'http://localhost:4000',
    parts: [findPart(services, reading)],
    data: [serveHsds(services, reading)],
    log: services.config.log,
  })
}
