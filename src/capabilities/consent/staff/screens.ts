import type { Screen } from '#staff/screens.ts'

const roles = ['officer', 'intake', 'coordinator'] as const

export const screens: readonly Screen[] = [
  { path: '/cases/$case/consent', roles, load: () => import('./Ask.tsx') },
  { path: '/cases/$case/consents', roles, load: () => import('./Consents.tsx') },
  { path: '/cases/$case/consents/$consent/withdraw', roles, load: () => import('./Withdraw.tsx') },
  { path: '/help', roles, load: () => import('./Help.tsx') },
]
