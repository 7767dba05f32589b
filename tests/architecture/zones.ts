/** Where a file may run: `shared` anywhere, `server` and `site` in Node, `browser` in the staff app's bundle. */
export type Zone = 'shared' | 'server' | 'site' | 'browser' | 'root' | 'data' | 'style' | 'test' | 'outside'

/** Parts of the platform that describe and decide, and so run everywhere. */
const sharedPlatform = ['contract', 'policy', 'problem', 'words', 'clocks', 'country', 'sync', 'forms']
/** What of them touches disk or database. */
const serverOnly = new Set([
  'src/platform/policy/access.ts',
  'src/platform/country/load.ts',
  'src/platform/words/load.ts',
  'src/platform/forms/import-in-worker.ts',
  'src/platform/forms/import-worker.ts',
])
/** One file of a part that otherwise runs on the server: both ends of a parcel spell JSON in the same way. */
const runsEverywhere = new Set(['src/platform/audit/canonical.ts'])
const roots = new Set(['src/bindings.ts', 'src/start.ts', 'src/main.ts', 'src/cli.ts'])

/** Slices that each slice may enter: downwards only (design, section 3). */
const care = ['cases', 'consent', 'directory']
const below: Readonly<Record<string, readonly string[]>> = {
  directory: [],
  consent: ['directory'],
  cases: ['consent', 'directory'],
  screening: care,
  referrals: care,
  fund: care,
  health: ['referrals', ...care],
  justice: ['health', ...care],
  care: ['referrals', ...care],
  matching: ['cases', 'directory'],
  oversight: ['care', 'screening', 'visits', ...care],
  situation: ['referrals', 'directory'],
  tasks: ['oversight', 'justice', 'care', 'referrals', ...care],
  visits: ['referrals', ...care],
  reports: ['screening', 'referrals', 'fund', 'justice', ...care],
  exchange: ['screening', 'referrals', 'fund', 'justice', ...care],
  plan: ['directory'],
  learning: ['directory'],
  outreach: ['directory'],
  statistics: [],
}
export const mayEnter = (slice: string, other: string): boolean => below[slice]?.includes(other) ?? false
export const isKnownSlice = (slice: string): boolean => slice in below

export const sliceOf = (path: string): string | undefined => /^src\/capabilities\/([^/]+)\//.exec(path)?.[1]

/** The zone of a file by its path from the root of the repository. */
export function zoneOf(path: string): Zone {
  if (!path.startsWith('src/')) return 'outside'
  if (/\.spec\.tsx?$/.test(path) || /(^|\/)make\.ts$/.test(path)) return 'test'
  if (path.endsWith('.json')) return 'data'
  if (/\.(css|svg|html)$/.test(path)) return 'style'
  if (roots.has(path) || path.startsWith('src/operator/')) return 'root'
  // Spreadsheets are read and written on the server; the forms themselves run everywhere.
  if (serverOnly.has(path) || /^src\/platform\/forms\/xlsform\/(?!values\.ts)/.test(path)) return 'server'
  if (runsEverywhere.has(path)) return 'shared'
  if (/^src\/(staff|ui)\//.test(path) || /^src\/capabilities\/[^/]+\/staff\//.test(path)) return 'browser'
  if (path.startsWith('src/site/') || /^src\/capabilities\/[^/]+\/site\//.test(path)) return 'site'
  if (/^src\/(capabilities\/[^/]+|platform\/[^/]+)\/server\//.test(path)) return 'server'
  if (/^src\/capabilities\/[^/]+\/(instruments\/)?[^/]+\.ts$/.test(path)) return 'shared'
  if (/^src\/platform\/[^/]+\/(contract|policy|flow|journey)(-[a-z-]+)?\.ts$/.test(path)) return 'shared'
  const part = /^src\/platform\/([^/]+)\//.exec(path)?.[1]
  return part && sharedPlatform.includes(part) ? 'shared' : 'server'
}

const reach: Readonly<Record<Zone, readonly Zone[]>> = {
  shared: ['shared', 'data'],
  server: ['shared', 'server', 'data'],
  site: ['shared', 'server', 'site', 'data', 'style'],
  browser: ['shared', 'browser', 'data', 'style'],
  root: ['shared', 'server', 'site', 'data', 'root', 'outside'],
  data: [],
  style: [],
  test: ['shared', 'server', 'site', 'browser', 'data', 'style', 'root', 'test', 'outside'],
  outside: ['shared', 'server', 'site', 'browser', 'data', 'style', 'root', 'test', 'outside'],
}
export const mayReach = (from: Zone, to: Zone): boolean => reach[from].includes(to)
