import { roles } from '#platform/policy/roles.ts'
import type { Screen } from '../screens.ts'

export const screens: readonly Screen[] = [
  { path: '/account', roles, load: () => import('./MyAccount.tsx') },
  { path: '/', roles: ['administrator'], load: () => import('./AdministratorHome.tsx') },
  {
    path: '/people',
    roles: ['administrator', 'supervisor'],
    load: () => import('./People.tsx'),
    nav: { words: 'people.title', order: 70 },
    desk: true,
  },
  { path: '/people/invite', roles: ['administrator'], load: () => import('./Invite.tsx'), desk: true },
  { path: '/people/$account', roles: ['administrator', 'supervisor'], load: () => import('./Person.tsx'), desk: true },
]
