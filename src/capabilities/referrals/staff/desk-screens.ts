import type { Screen } from '../../../staff/screens.ts'

const answering = ['intake', 'provider', 'shelter-manager'] as const
const desk = [...answering, 'coordinator'] as const

/** The organisation's inbox and what can be done with a referral in it. */
export const deskScreens: readonly Screen[] = [
  { path: '/', roles: answering, load: () => import('./Inbox.tsx') },
  { path: '/referrals', roles: desk, load: () => import('./Inbox.tsx'), nav: { words: 'referral.nav', order: 10 } },
  { path: '/referrals/$referral', roles: desk, load: () => import('./ReferralPage.tsx') },
  { path: '/cases/$case/refer', roles: ['intake', 'coordinator'], load: () => import('./NewReferral.tsx') },
]
