import type { Screen } from '../screens.ts'

/** Roles whose own work comes with a later version: they are told so, and shown what is open to them. */
export const screens: readonly Screen[] = [
  {
    path: '/',
    roles: ['supervisor', 'analyst', 'trainer', 'fund-officer', 'donor'],
    load: () => import('./Welcome.tsx'),
  },
]
