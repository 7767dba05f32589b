import type { Screen } from '../../../staff/screens.ts'

const changers = ['officer', 'intake', 'coordinator'] as const

/** Also for who met the person, on a phone. Everything else is for desks: desk-screens.ts. */
export const screens: readonly Screen[] = [
  { path: '/cases/$case/identity', roles: changers, load: () => import('./identity/IdentityPage.tsx') },
  { path: '/conflicts', roles: changers, load: () => import('./identity/ConflictList.tsx') },
  { path: '/cases/$case/files', roles: ['officer', 'intake'], load: () => import('./AttachPage.tsx') },
]
