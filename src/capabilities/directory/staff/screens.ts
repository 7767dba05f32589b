import { type Role, roles } from '#platform/policy/roles.ts'
import type { Screen } from '../../../staff/screens.ts'

/** Who finds organisations from elsewhere; everybody else has them in the navigation (`desk-screens.ts`). */
const others: readonly Role[] = [
  'officer',
  'investigator',
  'prosecutor',
  'secretariat',
  'analyst',
  'trainer',
  'fund-officer',
  'donor',
]

export const screens: readonly Screen[] = [
  { path: '/organisations', roles: others, load: () => import('./OrganisationCards.tsx') },
  {
    path: '/services',
    roles,
    load: () => import('./services/FindService.tsx'),
    nav: { words: 'services.title', order: 58 },
  },
  {
    path: '/organisations/$organisation',
    roles,
    load: () => import('./OrganisationPage.tsx'),
  },
]
