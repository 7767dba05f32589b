import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, page, paging } from '#platform/contract/shapes.ts'

/** What a scanner said: it found something, or could not look. */
export const heldCodes = ['infected', 'scanner-away'] as const
export const heldAnswers = ['scan', 'release', 'refuse'] as const
export const heldReasons = [
  'false-alarm',
  'checked-elsewhere',
  'harmful',
  'not-needed',
  'cannot-be-checked',
  'other',
] as const
/** Why a file is let in although the scanner did not say that it is clean; why its bytes are destroyed. */
export const reasonsFor: Readonly<Record<(typeof heldAnswers)[number], readonly (typeof heldReasons)[number][]>> = {
  scan: [],
  release: ['false-alarm', 'checked-elsewhere', 'other'],
  refuse: ['harmful', 'not-needed', 'cannot-be-checked', 'other'],
}

/** A file that waits: what kind of thing it is, and nothing of what is in it, of whom it is about or of who sent it. */
export const HeldFile = z.object({
  id: id(),
  at: z.string(),
  code: z.enum(heldCodes),
  /** What the scanner calls what it found. */
  found: z.nullable(z.string()),
  /** What it is by its bytes: `jpg`, `pdf`, … */
  kind: z.string(),
  /** Bytes. */
  size: z.number(),
  /** What was decided and is being done. */
  answer: z.nullable(z.enum(heldAnswers)),
})

/** Files that wait for a person who protects data; never their own. */
export const heldOperations = {
  listHeld: query({
    id: 'oversight.listHeld',
    path: '/oversight/held-files',
    query: z.object({ ...paging }),
    reply: z.object({
      ...page(HeldFile).shape,
      /** Whether there is a scanner that could look again. */
      scanner: z.boolean(),
    }),
    access: 'oversight.list-held',
    audit: 'oversight.held-listed',
    purpose: ['oversight'],
  }),
  /** Looked at again, let in, or destroyed; the last two with a reason, and for good. */
  answerHeld: command({
    id: 'oversight.answerHeld',
    path: '/oversight/held-files/{file}/answer',
    params: z.object({ file: id() }),
    /** A reason of those for `release` or for `refuse`, and only there. */
    body: z.strictObject({ answer: z.enum(heldAnswers), reason: z.optional(z.enum(heldReasons)) }),
    reply: z.object({ id: id() }),
    access: 'oversight.answer-held',
    audit: 'oversight.held-answered',
    purpose: ['oversight'],
  }),
} as const
