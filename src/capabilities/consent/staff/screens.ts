import type { Screen } from '#staff/screens.ts'

export const screens: readonly Screen[] = [
  { path: '/cases/$case/consent', roles: ['officer', 'intake', 'coordinator'], load: () => import('./Ask.tsx') },
  { path: '/help', roles: ['officer', 'intake', 'coordinator'], load: () => import('./Help.tsx') },
]
