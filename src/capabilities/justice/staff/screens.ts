import type { Screen } from '#staff/screens.ts'

const reads = ['investigator', 'prosecutor'] as const
const police = ['investigator'] as const
const records = ['intake', 'coordinator'] as const

export const screens: readonly Screen[] = [
  { path: '/', roles: reads, load: () => import('./Leads.tsx'), desk: true },
  {
    path: '/leads',
    roles: reads,
    load: () => import('./Leads.tsx'),
    nav: { words: 'justice.leads.nav', order: 10 },
    desk: true,
  },
  // Of a police body: its first page leads there.
  { path: '/leads', roles: ['supervisor'], load: () => import('./Leads.tsx'), desk: true },
  { path: '/leads/new', roles: police, load: () => import('./NewLead.tsx'), desk: true },
  { path: '/leads/$lead', roles: [...reads, 'supervisor'], load: () => import('./LeadPage.tsx'), desk: true },
  { path: '/leads/$lead/change', roles: police, load: () => import('./ChangeLead.tsx'), desk: true },
  {
    path: '/handed',
    roles: reads,
    load: () => import('./HandedList.tsx'),
    nav: { words: 'justice.handed.nav', order: 20 },
    desk: true,
  },
  { path: '/handed/$handed', roles: reads, load: () => import('./HandedPage.tsx'), desk: true },
  { path: '/cases/$case/handed/order', roles: records, load: () => import('./OrderForm.tsx'), desk: true },
  { path: '/cases/$case/handed/consent', roles: ['coordinator'], load: () => import('./ConsentForm.tsx'), desk: true },
  { path: '/cases/$case/handed/interest', roles: records, load: () => import('./InterestForm.tsx'), desk: true },
]
