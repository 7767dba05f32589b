import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { changed, id, line, newId, page, paging, text, version } from '#platform/contract/shapes.ts'

/** Sealing hides a case from everybody who is not named; both ways need two people of two sides. */
export const sealActions = ['seal', 'unseal'] as const
export const sealReasons = ['threat', 'insider', 'public-interest', 'witness', 'over', 'other'] as const
export const sealStates = ['proposed', 'confirmed', 'returned'] as const

const Sealing = z.object({
  id: id(),
  reference: z.string(),
  action: z.enum(sealActions),
  named: z.array(z.object({ account: id(), name: z.string() })),
  reason: z.enum(sealReasons),
  text: z.nullable(z.string()),
  state: z.enum(sealStates),
  by: id(),
  byName: z.string(),
  at: z.string(),
  secondName: z.nullable(z.string()),
  secondAt: z.nullable(z.string()),
  /** Since when nobody is left on one side who could open or unseal it; null: somebody is. */
  aloneSince: z.nullable(z.string()),
  /** Whether this reader may be the second person. */
  answerable: z.boolean(),
  version: version(),
})
export type Sealing = z.infer<typeof Sealing>

const unitAndOfficer = ['identification', 'assistance', 'oversight'] as const

export const sealingOperations = {
  listSealings: query({
    id: 'oversight.listSealings',
    path: '/oversight/sealings',
    query: z.object({ ...paging }),
    reply: page(Sealing),
    access: 'oversight.list-sealings',
    audit: 'oversight.sealings-listed',
    purpose: unitAndOfficer,
  }),
  proposeSealing: command({
    id: 'oversight.proposeSealing',
    path: '/oversight/sealings',
    body: z.strictObject({
      id: newId(),
      reference: line(20),
      action: z.enum(sealActions),
      /** Who goes on finding it, beside the two who seal it. */
      named: z.array(id()).check(z.maxLength(20, 'too-many')),
      reason: z.enum(sealReasons),
      text: text(2000),
    }),
    reply: z.object({ id: id() }),
    access: 'oversight.propose-sealing',
    audit: 'oversight.sealing-proposed',
    purpose: unitAndOfficer,
    evenMerged: true,
  }),
  answerSealing: command({
    id: 'oversight.answerSealing',
    path: '/oversight/sealings/{sealing}/answer',
    params: z.object({ sealing: id() }),
    body: z.strictObject({ answer: z.enum(['confirmed', 'returned']) }),
    ifMatch: true,
    reply: changed,
    access: 'oversight.answer-sealing',
    audit: 'oversight.sealing-answered',
    purpose: unitAndOfficer,
    evenMerged: true,
  }),
} as const
