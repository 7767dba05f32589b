import { KeyError } from '#platform/crypto/key-error.ts'
import { generateIdentity } from '#platform/crypto/sealed-file.ts'
import type { Read } from '#platform/db/context.ts'
import { scan } from '#platform/files/server/clamd.ts'
import { hashOfCopy, openCopy, writeCopy } from '#platform/files/server/copies.ts'
import { isDrawn, kindOf } from '#platform/files/server/kinds.ts'
import { oneAtATime } from '#platform/files/server/one-at-a-time.ts'
import { draw } from '#platform/files/server/picture.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type Picture, situation } from '../../contract.ts'
import { mostPictureBytes, mostPictures } from '../../contract-pictures.ts'
import { questionsOf } from '../../form.ts'
import { formOf } from '../../instruments/shipped.ts'
import { policy } from '../../policy.ts'
import { openOfPicture, sealOfPicture } from '../sealed.ts'
import { assessmentFacts, getAssessment } from '../store.ts'
import { getPicture, insertPicture, picturesOf } from './store.ts'

const wrong = (field: string, code: string) => new Problem('invalid-input', [{ field, code }])

/** The picture alone, drawn anew. @throws Problem invalid-input for what is no picture, or what a scanner found */
async function drawn({ config }: Services, bytes: Buffer) {
  if (bytes.length > mostPictureBytes) throw wrong('picture', 'too-large-picture')
  const kind = kindOf(bytes)
  if (typeof kind !== 'string' || !isDrawn(kind)) throw wrong('picture', 'no-picture')
  const found = config.clamd ? await scan(config.clamd, bytes) : 'clean'
  if (found === 'away') throw new Problem('busy')
  if (typeof found === 'object') throw wrong('picture', 'no-picture')
  const made = await draw(kind, bytes)
  if ('refused' in made) throw wrong('picture', 'no-picture')
  return made
}

export const addPicture = handle(situation.addPicture, policy, {
  facts: ({ read, input }) => assessmentFacts(read, input.params.assessment),
  run: async ({ tx, actor, services, now, input: { params, body } }) => {
    const { keys, config } = services
    const found = await getAssessment(tx, params.assessment)
    if (found.state === 'finished') throw new Problem('not-now')
    const questions = questionsOf(formOf(found.subject, found.version_of_form))
    if (body.question !== undefined && !questions.some(one => one.name === body.question))
      throw wrong('question', 'not-offered')
    if ((await picturesOf(tx, found.id)).length >= mostPictures) throw wrong('picture', 'too-many')
    const { identity, recipient } = await generateIdentity()
    const { clean, thumbnail, copy } = await oneAtATime(async () => {
      const made = await drawn(services, Buffer.from(body.picture, 'base64'))
      // A copy that belongs to nothing, because the command failed, is removed by the job that sweeps files.
      return { ...made, copy: await writeCopy(config.dataFolder, made.clean, recipient) }
    })
    await insertPicture(tx, {
      id: body.id,
      assessment_id: found.id,
      country: found.country,
      by_account: actor.user,
      at: now,
      question: body.question ?? null,
      recipient,
      sealed_identity: sealOfPicture(keys, body.id, 'sealed_identity', identity),
      sealed_thumbnail: sealOfPicture(keys, body.id, 'sealed_thumbnail', thumbnail),
      file: copy.id,
      sha256: copy.sha256,
      size: clean.length,
      // Of what both have handed in nothing is hidden from the other.
      shown: found.state === 'comparing',
    })
    return { id: body.id }
  },
})

/** One picture, to be saved; never the file that was sent. */
export const picture = handle(situation.picture, policy, {
  run: async ({ read, services: { config, keys }, input: { params }, note }) => {
    const row = await getPicture(read, params.assessment, params.picture)
    if (!(await hashOfCopy(config.dataFolder, row.file)).equals(row.sha256))
      throw new KeyError('unreadable', 'a copy on the disk is not the one that was kept')
    note({ ids: [row.id] })
    const identity = openOfPicture(keys, row.id, 'sealed_identity', row.sealed_identity).toString()
    return {
      name: `picture-${row.id.slice(-8)}.jpg`,
      bytes: openCopy(config.dataFolder, row.file, identity),
      length: row.size,
    }
  },
})

export const listPictures = async (read: Read, { keys }: Services, assessment: string): Promise<Picture[]> =>
  (await picturesOf(read, assessment)).map(({ id, question, at, name, sealed_thumbnail }) => ({
    ...{ id, question, at: at.toISOString(), by: name },
    thumbnail: openOfPicture(keys, id, 'sealed_thumbnail', sealed_thumbnail).toString('base64'),
  }))
