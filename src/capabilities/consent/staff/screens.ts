import type { Screen } from '#staff/screens.ts'

const roles = ['officer', 'intake', 'coordinator'] as const
/** Who gives a service comes here from a referral that they accepted. */
const everybody = [...roles, 'provider', 'shelter-manager'] as const

export const screens: readonly Screen[] = [
  // Who treats a person may ask them who else reads of it.
  { path: '/cases/$case/consent', roles: [...roles, 'provider'], load: () => import('./Ask.tsx') },
  { path: '/cases/$case/consents', roles, load: () => import('./Consents.tsx') },
  { path: '/cases/$case/consents/$consent/withdraw', roles: everybody, load: () => import('./Withdraw.tsx') },
  {
    path: '/notifications',
    roles: ['intake', 'coordinator'],
    load: () => import('./Notifications.tsx'),
    nav: { words: 'consent.notifications.nav', order: 45, where: country => country.notification !== null },
  },
  { path: '/help', roles: everybody, load: () => import('./Help.tsx') },
]
