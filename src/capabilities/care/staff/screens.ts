import type { Screen } from '#staff/screens.ts'

const charge = ['coordinator'] as const

export const screens: readonly Screen[] = [
  { path: '/cases/$case/care/assessment', roles: charge, load: () => import('./AssessmentPage.tsx') },
  { path: '/cases/$case/care/safety', roles: charge, load: () => import('./SafetyPage.tsx') },
  { path: '/cases/$case/care/plan', roles: charge, load: () => import('./PlanPage.tsx') },
  { path: '/cases/$case/care/plan/print', roles: charge, load: () => import('./PlanPrint.tsx') },
  { path: '/cases/$case/care/services', roles: charge, load: () => import('./ServicesPage.tsx') },
  { path: '/cases/$case/care/follow-ups', roles: charge, load: () => import('./FollowUpsPage.tsx') },
  { path: '/cases/$case/care/child', roles: charge, load: () => import('./ChildPage.tsx') },
  {
    path: '/cases/$case/care/closing',
    roles: ['coordinator', 'intake', 'decision-maker'],
    load: () => import('./ClosingPage.tsx'),
  },
  // Who gives a service, on a phone or at a desk.
  { path: '/cases/$case/asked', roles: ['provider', 'shelter-manager'], load: () => import('./AskedPage.tsx') },
]
