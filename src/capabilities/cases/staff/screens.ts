import type { Screen } from '../../../staff/screens.ts'

const unit = ['intake', 'coordinator', 'decision-maker'] as const
const changers = ['officer', 'intake', 'coordinator'] as const

export const screens: readonly Screen[] = [
  { path: '/', roles: ['coordinator', 'decision-maker'], load: () => import('./CaseList.tsx') },
  { path: '/cases', roles: unit, load: () => import('./CaseList.tsx'), nav: { words: 'case.nav', order: 20 } },
  {
    path: '/clocks',
    roles: unit,
    load: () => import('./procedure/ClockList.tsx'),
    nav: { words: 'procedure.clocks.title', order: 25 },
  },
  {
    path: '/cases/find',
    roles: unit,
    load: () => import('./FindPerson.tsx'),
    nav: { words: 'case.search.title', order: 30 },
  },
  // For who met the person, on a phone, as for the unit.
  { path: '/cases/$case/identity', roles: changers, load: () => import('./identity/IdentityPage.tsx') },
  { path: '/conflicts', roles: changers, load: () => import('./identity/ConflictList.tsx') },
  { path: '/cases/$case/files', roles: ['officer', 'intake'], load: () => import('./AttachPage.tsx') },
  {
    path: '/cases/hand-over',
    roles: ['intake', 'coordinator'],
    load: () => import('./HandOver.tsx'),
    nav: { words: 'case.hand-over', order: 40 },
  },
]
