import { lazy } from 'react'
import type { Screen } from '#staff/screens.ts'

const works = ['officer', 'intake', 'coordinator', 'decision-maker', 'provider', 'shelter-manager'] as const

export const screens: readonly Screen[] = [
  {
    path: '/today',
    roles: [...works, 'supervisor', 'investigator', 'prosecutor', 'data-protection-officer'],
    load: () => import('./TodayPage.tsx'),
    nav: { words: 'tasks.nav', order: 5, badge: lazy(() => import('./DueBadge.tsx')) },
  },
  { path: '/cases/$case/tasks', roles: works, load: () => import('./TasksPage.tsx') },
]
