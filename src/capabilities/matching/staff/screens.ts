import type { Screen } from '#staff/screens.ts'

const judges = ['coordinator', 'decision-maker'] as const

export const screens: readonly Screen[] = [
  {
    path: '/matches',
    roles: judges,
    load: () => import('./MatchList.tsx'),
    nav: { words: 'matching.nav', order: 35 },
    desk: true,
  },
  { path: '/matches/$match', roles: judges, load: () => import('./ComparePage.tsx'), desk: true },
]
