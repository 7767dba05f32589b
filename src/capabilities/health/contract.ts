import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, newId, text } from '#platform/contract/shapes.ts'

/** What a note is about; everything else of it, a place or a day too, is among its sealed words. */
export const noteKinds = ['findings', 'treatment', 'medicine', 'appointment', 'advice'] as const

export const HealthNote = z.object({
  id: id(),
  at: z.string(),
  about: z.enum(noteKinds),
  text: z.string(),
  /** The note that this one stands instead of. */
  corrects: z.nullable(id()),
  /** Name of the organisation that treats the person. */
  organisation: z.string(),
  /** Who wrote it; for their own organisation alone. */
  by: z.optional(z.string()),
})
export type HealthNote = z.infer<typeof HealthNote>

const ofCase = z.object({ case: id() })
const purpose = ['assistance'] as const

/** What health workers write of a person whom they treat. */
export const health = {
  /** Newest first, those that were corrected among them. Nobody else is told whether there are any. */
  notes: query({
    id: 'health.notes',
    path: '/cases/{case}/health',
    params: ofCase,
    reply: z.object({
      items: z.array(HealthNote),
      /** The reader treats the person. */
      mayWrite: z.boolean(),
    }),
    access: 'health.notes',
    audit: 'health.notes-read',
    purpose,
  }),
  /** Adds a note. None is ever changed: `corrects` names the one of the same organisation that it stands instead of. */
  write: command({
    id: 'health.write',
    path: '/cases/{case}/health',
    params: ofCase,
    body: z.strictObject({
      id: newId(),
      about: z.enum(noteKinds),
      text: text(4000),
      corrects: z.optional(id()),
    }),
    reply: z.object({ id: id() }),
    access: 'health.write',
    audit: 'health.noted',
    purpose,
  }),
}
