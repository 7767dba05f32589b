import type { Screen } from '#staff/screens.ts'

const answers = ['intake', 'provider', 'shelter-manager'] as const
const desk = [...answers, 'coordinator'] as const

/** An officer follows what they sent; an organisation has an inbox, and what can be done with a referral in it. */
export const screens: readonly Screen[] = [
  {
    path: '/referrals',
    roles: ['officer'],
    load: () => import('./sender/Sent.tsx'),
    nav: { words: 'referral.sent.nav', order: 2 },
  },
  { path: '/referrals/$referral', roles: ['officer'], load: () => import('./sender/SentReferral.tsx') },
  { path: '/cases/$case/refer', roles: ['officer'], load: () => import('./sender/Send.tsx') },
  { path: '/', roles: answers, load: () => import('./Inbox.tsx') },
  { path: '/referrals', roles: desk, load: () => import('./Inbox.tsx'), nav: { words: 'referral.nav', order: 10 } },
  {
    path: '/referrals/$referral/doors',
    roles: ['officer', 'intake', 'coordinator'],
    load: () => import('./link/DoorsPage.tsx'),
  },
  { path: '/cases/$case/received', roles: ['officer', 'intake', 'coordinator'], load: () => import('./Received.tsx') },
]
