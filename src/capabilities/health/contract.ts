import * as z from 'zod/mini'
import { AttachedFile, attachmentCopies, sealedFile } from '#capabilities/cases/contract.ts'
import { command, query } from '#platform/contract/operation.ts'
import { id, line, newId, text } from '#platform/contract/shapes.ts'

/** What a note is about; everything else of it, a place or a day too, is among its sealed words. */
export const noteKinds = ['findings', 'treatment', 'medicine', 'appointment', 'advice'] as const

/** Files of one note. */
export const mostFiles = 10

/** A file of a note; who else than its organisation reads it is offered no copy that says where it was made. */
export const HealthFile = AttachedFile
export type HealthFile = AttachedFile

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
  /** In the order in which they were added. */
  files: z.array(HealthFile),
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
  /** Says what a file of a note of one's own organisation is. The file itself travels apart, sealed, and is found by its hash. */
  attach: command({
    id: 'health.attach',
    path: '/cases/{case}/health/{note}/files',
    params: z.object({ case: id(), note: id() }),
    body: z.strictObject({
      id: newId(),
      file: sealedFile(),
      name: line(120),
    }),
    reply: z.object({ id: id() }),
    access: 'health.write',
    audit: 'health.file-added',
    purpose,
  }),
  /** To be saved, never shown. */
  readFile: query({
    id: 'health.readFile',
    path: '/cases/{case}/health/files/{file}/{copy}',
    params: z.object({ case: id(), file: id(), copy: z.enum(attachmentCopies) }),
    reply: null,
    file: 'application/octet-stream',
    access: 'health.notes',
    audit: 'health.file-read',
    purpose,
  }),
}
