import * as z from 'zod/mini'
import { command, query } from '#platform/contract/operation.ts'
import { id, newId } from '#platform/contract/shapes.ts'

export const mostPictures = 40
/** Bytes of the largest picture; a telephone's are a quarter of it. */
export const mostPictureBytes = 12 * 1024 * 1024

export const Picture = z.object({
  id: id(),
  question: z.nullable(z.string()),
  at: z.string(),
  by: z.string(),
  /** A small JPEG, base64. */
  thumbnail: z.string(),
})
export type Picture = z.infer<typeof Picture>

const office = ['statistics'] as const
export const pictureOperations = {
  /** A picture of a place or a thing. It is drawn anew and the original is kept nowhere: nothing says where it was taken. */
  addPicture: command({
    id: 'situation.addPicture',
    path: '/assessments/{assessment}/pictures',
    params: z.object({ assessment: id() }),
    body: z.strictObject({
      id: newId(),
      question: z.optional(z.string().check(z.maxLength(60, 'too-long'), z.regex(/^[a-z][a-z0-9_]*$/, 'code'))),
      /** JPEG, PNG or WebP in base64, each of which begins in its own way. */
      picture: z
        .string()
        .check(
          z.minLength(1, 'required'),
          z.maxLength(Math.ceil(mostPictureBytes / 3) * 4, 'too-long'),
          z.regex(/^(\/9j\/|iVBORw0KGgo|UklGR)[A-Za-z0-9+/]*={0,2}$/, 'no-picture'),
        ),
    }),
    largest: 17_000_000,
    reply: z.object({ id: id() }),
    access: 'situation.add-picture',
    audit: 'situation.picture-added',
    purpose: office,
  }),
  picture: query({
    id: 'situation.picture',
    path: '/assessments/{assessment}/pictures/{picture}',
    params: z.object({ assessment: id(), picture: id() }),
    reply: null,
    file: 'application/octet-stream',
    access: 'situation.picture',
    audit: 'situation.picture-read',
    leaves: false,
    purpose: office,
  }),
}
