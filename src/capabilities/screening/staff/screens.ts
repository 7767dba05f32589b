import type { Screen } from '#staff/screens.ts'

export const screens: readonly Screen[] = [
  {
    path: '/',
    roles: ['officer'],
    load: () => import('./Home.tsx'),
    nav: { words: 'screening.nav.home', order: 1 },
  },
  { path: '/screen', roles: ['officer', 'intake'], load: () => import('./Screen.tsx') },
  { path: '/danger', roles: ['officer', 'intake'], load: () => import('./Danger.tsx') },
  { path: '/screenings/$screening', roles: ['officer', 'intake'], load: () => import('./Recorded.tsx') },
]
