import type { Screen } from '../screens.ts'

export const screens: readonly Screen[] = [
  { path: '/cases/$case', roles: ['intake', 'coordinator', 'decision-maker'], load: () => import('./CasePage.tsx') },
]
