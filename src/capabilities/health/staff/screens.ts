import type { Screen } from '#staff/screens.ts'

export const screens: readonly Screen[] = [
  { path: '/cases/$case/health', roles: ['provider', 'shelter-manager'], load: () => import('./HealthPage.tsx') },
]
