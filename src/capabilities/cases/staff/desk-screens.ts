import type { Screen } from '../../../staff/screens.ts'

const unit = ['intake', 'coordinator', 'decision-maker'] as const

export const screens: readonly Screen[] = [
  { path: '/', roles: ['coordinator', 'decision-maker'], load: () => import('./CaseList.tsx') },
  { path: '/cases', roles: unit, load: () => import('./CaseList.tsx'), nav: { words: 'case.nav', order: 20 } },
  {
    path: '/clocks',
    roles: unit,
    load: () => import('./procedure/ClockList.tsx'),
    nav: { words: 'procedure.clocks.title', order: 25 },
  },
  { path: '/escalations', roles: ['supervisor'], load: () => import('./procedure/Escalations.tsx') },
  {
    path: '/cases/find',
    roles: unit,
    load: () => import('./FindPerson.tsx'),
    nav: { words: 'case.search.title', order: 30 },
  },
  {
    path: '/cases/hand-over',
    roles: ['intake', 'coordinator'],
    load: () => import('./HandOver.tsx'),
    nav: { words: 'case.hand-over', order: 40 },
  },
]
