import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, line, newId, page, paging } from '#platform/contract/shapes.ts'

/** Invented cases that nobody has a reason to open. */
export const canaryOperations = {
  listCanaries: query({
    id: 'oversight.listCanaries',
    path: '/oversight/canaries',
    query: z.object({ ...paging }),
    reply: page(
      z.object({
        id: id(),
        reference: z.string(),
        at: z.string(),
        byName: z.string(),
        reads: z.array(z.object({ event: id(), at: z.string(), account: id(), name: z.string() })),
      }),
    ),
    access: 'oversight.list-canaries',
    audit: 'oversight.canaries-listed',
    purpose: ['oversight'],
  }),
  /** The name is invented by whoever plants it: nobody's, and like others. */
  plantCanary: command({
    id: 'oversight.plantCanary',
    path: '/oversight/canaries',
    body: z.strictObject({ id: newId(), givenName: line(80), familyName: line(80) }),
    reply: z.object({ id: id(), reference: z.string() }),
    access: 'oversight.plant-canary',
    // Named as any other work of the console, and without its case: the audit of a case does not tell which one is invented.
    audit: 'oversight.list-changed',
    purpose: ['oversight'],
  }),
} as const
