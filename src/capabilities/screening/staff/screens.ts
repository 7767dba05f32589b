import type { Screen } from '#staff/screens.ts'
import Home from './Home.tsx'

const unit = ['intake', 'coordinator', 'decision-maker'] as const
const editors = ['supervisor', 'administrator'] as const

export const screens: readonly Screen[] = [
  {
    path: '/',
    roles: ['officer'],
    // Comes with the app: its small files would be three more turns on a slow network.
    load: async () => ({ default: Home }),
    nav: { words: 'screening.nav.home', order: 1 },
  },
  { path: '/screen', roles: ['officer', 'intake'], load: () => import('./Screen.tsx') },
  { path: '/paper', roles: ['officer', 'intake'], load: () => import('./Paper.tsx') },
  { path: '/danger', roles: ['officer', 'intake'], load: () => import('./Danger.tsx') },
  { path: '/screenings/$screening', roles: ['officer', 'intake'], load: () => import('./Recorded.tsx') },
  // For those who edit it is a place of its own; those who ask come to it from an interview.
  {
    path: '/instruments',
    roles: editors,
    load: () => import('./instruments/InstrumentList.tsx'),
    nav: { words: 'screening.instruments.title', order: 65 },
    desk: true,
  },
  { path: '/instruments', roles: unit, load: () => import('./instruments/InstrumentList.tsx'), desk: true },
  { path: '/instruments/new', roles: editors, load: () => import('./instruments/NewInstrument.tsx'), desk: true },
  {
    path: '/instruments/$code/$version',
    roles: [...unit, ...editors],
    load: () => import('./instruments/InstrumentPage.tsx'),
    desk: true,
  },
  { path: '/cases/$case/interview', roles: unit, load: () => import('./interviews/Interview.tsx'), desk: true },
]
