import { type Role, roles } from '#platform/policy/roles.ts'
import type { Screen } from '../../../staff/screens.ts'

const desk: readonly Role[] = [
  'intake',
  'coordinator',
  'decision-maker',
  'administrator',
  'supervisor',
  'data-protection-officer',
]
const providers: readonly Role[] = ['provider', 'shelter-manager']
/** Whose organisation keeps its own services. */
const keepers: readonly Role[] = ['intake', 'coordinator', 'provider', 'supervisor']
const others: readonly Role[] = roles.filter(role => !desk.includes(role) && !providers.includes(role))
const nav = { words: 'directory.title', order: 60 }

export const screens: readonly Screen[] = [
  { path: '/organisations', roles: desk, load: () => import('./OrganisationList.tsx'), nav, desk: true },
  { path: '/organisations', roles: providers, load: () => import('./OrganisationCards.tsx'), nav },
  { path: '/organisations', roles: others, load: () => import('./OrganisationCards.tsx') },
  {
    path: '/organisations/new',
    roles: ['administrator'],
    load: () => import('./NewOrganisation.tsx'),
    desk: true,
  },
  {
    path: '/organisations/exchange',
    roles: ['administrator'],
    load: () => import('./Exchange.tsx'),
    desk: true,
  },
  {
    path: '/services',
    roles,
    load: () => import('./services/FindService.tsx'),
    nav: { words: 'services.title', order: 58 },
  },
  {
    path: '/places',
    roles: ['shelter-manager'],
    load: () => import('./services/PlacesPage.tsx'),
    nav: { words: 'places.title', order: 8 },
  },
  { path: '/places', roles: keepers, load: () => import('./services/PlacesPage.tsx') },
  {
    path: '/organisations/$organisation/services/new',
    roles: ['administrator', 'shelter-manager', ...keepers],
    load: () => import('./services/ServicePage.tsx'),
  },
  {
    path: '/organisations/$organisation/services/$service',
    roles: ['administrator', 'shelter-manager', ...keepers],
    load: () => import('./services/ServicePage.tsx'),
  },
  {
    path: '/organisations/$organisation',
    roles,
    load: () => import('./OrganisationPage.tsx'),
  },
  {
    path: '/organisations/$organisation/edit',
    roles: ['administrator'],
    load: () => import('./EditOrganisation.tsx'),
    desk: true,
  },
]
