import type { Screen } from '#staff/screens.ts'

const office = ['secretariat'] as const
const unit = ['intake', 'coordinator'] as const
const helps = ['provider', 'shelter-manager'] as const
const planners = [...office, ...unit] as const
const nav = { words: 'situation.nav', order: 62 }
const list = () => import('./AssessmentList.tsx')
const one = () => import('./AssessmentPage.tsx')
const compare = () => import('./ComparePage.tsx')
const coverage = () => import('./coverage/CoveragePage.tsx')
const actions = () => import('./ActionsPage.tsx')

/** One entry in the menu, at what each role comes for first; the three pages lead to each other. */
export const screens: readonly Screen[] = [
  { path: '/', roles: office, load: list, desk: true },
  { path: '/assessments', roles: office, load: list, nav, desk: true },
  { path: '/assessments', roles: unit, load: list, desk: true },
  { path: '/assessments', roles: helps, load: list },
  { path: '/situation/coverage', roles: unit, load: coverage, nav, desk: true },
  { path: '/situation/coverage', roles: office, load: coverage, desk: true },
  { path: '/situation/actions', roles: helps, load: actions, nav },
  { path: '/situation/actions', roles: planners, load: actions, desk: true },
  { path: '/assessments/new', roles: office, load: () => import('./NewAssessment.tsx'), desk: true },
  { path: '/assessments/$assessment', roles: planners, load: one, desk: true },
  { path: '/assessments/$assessment', roles: helps, load: one },
  { path: '/assessments/$assessment/answer', roles: office, load: () => import('./AnswerPage.tsx'), desk: true },
  { path: '/assessments/$assessment/compare', roles: planners, load: compare, desk: true },
  { path: '/assessments/$assessment/compare', roles: helps, load: compare },
]
