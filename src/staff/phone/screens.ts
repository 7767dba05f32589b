import type { Screen } from '../screens.ts'

const carriers = ['officer', 'intake'] as const

export const screens: readonly Screen[] = [
  { path: '/phone', roles: carriers, load: () => import('./ThisPhone.tsx') },
  { path: '/outbox', roles: carriers, load: () => import('./Outbox.tsx') },
]
