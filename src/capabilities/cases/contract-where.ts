import * as z from 'zod/mini'
import { query } from '#platform/contract/operation.ts'
import { id, whole } from '#platform/contract/shapes.ts'

// Where a person is, apart from the rest of the case: it is asked for by itself, and each time is written down by itself.

export const where = {
  read: query({
    id: 'cases.where',
    path: '/cases/{case}/location',
    params: z.object({ case: id() }),
    reply: z.object({
      text: z.nullable(z.string()),
      /** The version to change it on: 0 while no place is written down. */
      version: whole(0, 2_147_483_647),
    }),
    access: 'case.where',
    audit: 'case.where-shown',
    purpose: ['assistance'],
  }),
}
