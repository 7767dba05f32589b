import assert from 'node:assert/strict'
import { openSite } from '#capabilities/directory/make.ts'
import { tells } from '../canary/safe-place.ts'
import type { Stage } from './stage.ts'

// Where a safe place is belongs to compartment LOC: the coordinator in charge asks for it by itself, the safe place that said so reads its own
// words, and whom a court's order gives it to.
const granted: Readonly<Record<string, readonly string[]>> = {
  'cases.where': ['coordinator'],
  'referrals.where': ['coordinator', 'shelter-manager'],
  'justice.readHanded': ['investigator', 'prosecutor'],
}
const pages = [
  ...['/', '/find', '/find?need=safe-accommodation', '/find?lang=es', '/hsds', '/robots.txt', '/sitemap.xml'],
  ...['services', 'organizations', 'service_at_locations', 'taxonomies'].map(one => `/hsds/${one}`),
]

/** Holds every answer that was sent so far against that, and everything that anybody may read without signing in. */
export async function assertPlacesKept(stage: Stage): Promise<void> {
  const wrong: string[] = []
  for (const [operation, readers] of stage.placesTold)
    for (const by of readers) {
      const { role } = stage.person(by as Parameters<Stage['person']>[0])
      if (!granted[operation]?.includes(role)) wrong.push(`${by} (${role}) ${operation}`)
    }
  const site = openSite(stage.harness)
  let read = 0
  for (const page of pages) {
    const response = await site.request(`http://localhost:4000${page}`, { headers: { host: 'localhost:4000' } })
    if (response.status === 200) read += 1
    if (tells(await response.text()).length > 0) wrong.push(`anybody ${page}`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(read > 4, `${read} public pages`)
  // Otherwise nothing was looked for.
  assert.ok(stage.placesTold.get('cases.where')?.has('dalia'))
  for (const by of ['dalia', 'celeste']) assert.ok(stage.placesTold.get('referrals.where')?.has(by), by)
}
