import type { Screen } from '#staff/screens.ts'

export const screens: readonly Screen[] = [
  {
    path: '/referrals',
    roles: ['officer'],
    load: () => import('./sender/Sent.tsx'),
    nav: { words: 'referral.sent.nav', order: 2 },
  },
  { path: '/referrals/$referral', roles: ['officer'], load: () => import('./sender/SentReferral.tsx') },
  { path: '/cases/$case/refer', roles: ['officer'], load: () => import('./sender/Send.tsx') },
]
