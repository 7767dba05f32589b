import type { Screen } from '../../../staff/screens.ts'

/** Also those who work on phones: `words/en.json`. Everything else is for desks: desk-screens.ts. */
const breakers = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager'] as const

export const screens: readonly Screen[] = [
  { path: '/glass', roles: breakers, load: () => import('./BreakGlass.tsx') },
  { path: '/glass/$glass', roles: breakers, load: () => import('./GlassPage.tsx') },
  { path: '/alerts', roles: [...breakers, 'data-protection-officer'], load: () => import('./Alerts.tsx') },
]
