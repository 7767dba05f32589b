import * as z from 'zod/mini'
import { query } from '#platform/contract/operation.ts'
import { id } from '#platform/contract/shapes.ts'
import { Score } from './contract-shapes.ts'

export const reportLanguages = ['en', 'es'] as const
const counted = {
  /** How many services answer, by kind of help; kinds without any are left out. */
  services: z.array(z.object({ kind: z.string(), count: z.number() })),
  places: z.array(z.object({ kind: z.string(), total: z.number(), free: z.number() })),
  /** What was asked for and not found, by kind of help and of bed; null: not told to this reader. */
  unmet: z.nullable(
    z.array(
      z.object({
        kind: z.string(),
        place: z.nullable(z.string()),
        count: z.number(),
        /** Some more, of whom there are too few to tell. */
        more: z.boolean(),
      }),
    ),
  ),
}
/** What there is, by area; what shelters people is counted in the whole country alone. */
export const Coverage = z.object({
  areas: z.array(
    z.object({
      area: z.string(),
      ...counted,
      /** The assessment of the area that was finished last. */
      last: z.nullable(z.object({ assessment: id(), finishedAt: z.string(), scores: z.array(Score) })),
    }),
  ),
  /** For the whole country, or for more than one area. */
  country: z.object(counted),
  sheltered: z.object(counted),
  actions: z.object({ open: z.number(), overdue: z.number() }),
  /** The whole quarter (UTC) that what was not found is counted of: the last that is over, as 2026-Q3. */
  quarter: z.string(),
  at: z.string(),
})
export type Coverage = z.infer<typeof Coverage>

const planning = ['statistics', 'identification', 'assistance'] as const
export const coverageOperations = {
  coverage: query({
    id: 'situation.coverage',
    path: '/situation/coverage',
    reply: Coverage,
    access: 'situation.coverage',
    audit: { none: 'numbers of services and places: nobody’s case' },
    purpose: planning,
  }),
  coverageReport: query({
    id: 'situation.coverageReport',
    path: '/situation/coverage/report',
    query: z.object({ language: z.enum(reportLanguages) }),
    reply: null,
    file: 'application/pdf',
    access: 'situation.coverage',
    audit: 'situation.coverage-report-made',
    purpose: planning,
  }),
  /** One finished assessment on paper, without its pictures. */
  report: query({
    id: 'situation.report',
    path: '/assessments/{assessment}/report/{language}',
    params: z.object({ assessment: id(), language: z.enum(reportLanguages) }),
    reply: null,
    file: 'application/pdf',
    access: 'situation.report',
    audit: 'situation.report-made',
    purpose: planning,
  }),
}
