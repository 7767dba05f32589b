import type { Screen } from '#staff/screens.ts'

/** What no officer has: their first page does not load it. */
export const screens: readonly Screen[] = [
  {
    path: '/referrals/$referral',
    roles: ['intake', 'provider', 'shelter-manager', 'coordinator'],
    load: () => import('./ReferralPage.tsx'),
  },
  { path: '/cases/$case/refer', roles: ['intake', 'coordinator'], load: () => import('./NewReferral.tsx') },
  {
    path: '/referrals/performance',
    roles: ['intake', 'coordinator', 'provider', 'shelter-manager', 'secretariat', 'supervisor'],
    load: () => import('./performance/HowItGoes.tsx'),
    nav: { words: 'performance.nav', order: 61 },
  },
]
