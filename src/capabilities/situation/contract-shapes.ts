import * as z from 'zod/mini'
import { code, id, newId } from '#platform/contract/shapes.ts'
import { standards } from './form.ts'

export const subjects = ['provider', 'area'] as const
export type Subject = (typeof subjects)[number]

/** What one standard comes to: points of how many apply, never shown without the questions that it is made of. */
export const Score = z.object({
  standard: z.enum(standards),
  /** In halves; null where nothing of it applies. */
  points: z.nullable(z.number()),
  of: z.number(),
})
export type Score = z.infer<typeof Score>

/** Whom a new one is about: one organisation of the directory, or one area of the country. */
export const subject = z
  .strictObject({
    id: newId(),
    subject: z.enum(subjects),
    organisation: z.optional(id()),
    area: z.optional(code()),
  })
  .check(
    z.refine(one => (one.subject === 'provider') === (one.organisation !== undefined), {
      error: 'required',
      path: ['organisation'],
    }),
    z.refine(one => (one.subject === 'area') === (one.area !== undefined), { error: 'required', path: ['area'] }),
  )
