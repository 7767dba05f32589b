import type { Screen } from '../../../staff/screens.ts'

const protects = ['data-protection-officer'] as const
const unitSide = ['coordinator', 'decision-maker'] as const

const bars = () => import('./Bars.tsx')
const sealings = () => import('./Sealings.tsx')
const erasures = () => import('./Erasures.tsx')

/** Who protects data has all of it in the navigation; the unit comes to its part from what waits for it. */
export const screens: readonly Screen[] = [
  { path: '/oversight/bars', roles: ['intake'], load: bars, desk: true },
  { path: '/oversight/sealings', roles: unitSide, load: sealings, desk: true },
  { path: '/oversight/erasures', roles: unitSide, load: erasures, desk: true },
  { path: '/', roles: protects, load: () => import('./Home.tsx') },
  {
    path: '/oversight/glasses',
    roles: protects,
    load: () => import('./Queue.tsx'),
    nav: { words: 'oversight.queue.nav', order: 10 },
    desk: true,
  },
  {
    path: '/oversight/events',
    roles: protects,
    load: () => import('./Events.tsx'),
    nav: { words: 'oversight.events.nav', order: 20 },
    desk: true,
  },
  {
    path: '/oversight/unusual',
    roles: protects,
    load: () => import('./UnusualReading.tsx'),
    nav: { words: 'oversight.unusual.nav', order: 30 },
    desk: true,
  },
  {
    path: '/oversight/bars',
    roles: protects,
    load: bars,
    nav: { words: 'oversight.bars.nav', order: 40 },
    desk: true,
  },
  {
    path: '/oversight/sealings',
    roles: protects,
    load: sealings,
    nav: { words: 'oversight.sealings.nav', order: 45 },
    desk: true,
  },
  {
    path: '/oversight/erasures',
    roles: protects,
    load: erasures,
    nav: { words: 'oversight.erasures.nav', order: 46 },
    desk: true,
  },
  {
    path: '/oversight/held-files',
    roles: protects,
    load: () => import('./HeldFiles.tsx'),
    nav: { words: 'oversight.held.nav', order: 35 },
    desk: true,
  },
  {
    path: '/oversight/canaries',
    roles: protects,
    load: () => import('./Canaries.tsx'),
    nav: { words: 'oversight.canaries.nav', order: 47 },
    desk: true,
  },
]
