import type { Role } from '#platform/policy/roles.ts'
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
const nav = { words: 'directory.title', order: 60 }
const service = () => import('./services/ServicePage.tsx')

/** Screens that no officer has. */
export const screens: readonly Screen[] = [
  { path: '/organisations', roles: desk, load: () => import('./OrganisationList.tsx'), nav, desk: true },
  { path: '/organisations', roles: providers, load: () => import('./OrganisationCards.tsx'), nav },
  ...(
    [
      ['/organisations/new', () => import('./NewOrganisation.tsx')],
      ['/organisations/exchange', () => import('./Exchange.tsx')],
      ['/organisations/listing', () => import('./Listing.tsx')],
      ['/organisations/$organisation/edit', () => import('./EditOrganisation.tsx')],
    ] as const
  ).map(([path, load]): Screen => ({ path, roles: ['administrator'], load, desk: true })),
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
    load: service,
  },
  {
    path: '/organisations/$organisation/services/$service',
    roles: ['administrator', 'shelter-manager', ...keepers],
    load: service,
  },
]
