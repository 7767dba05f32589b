import { cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asSealed, sealedFor, sendAll } from '#platform/files/make.ts'
import { pdf } from '#platform/files/server/make.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import type { Stage, Step } from './stage.ts'

/** The attachment that `putAttachments` left in each case. */
export const attachmentOf = new Map<string, string>()

const body = (id: string, file: string, name: string) => ({
  id,
  file,
  name,
  purpose: 'document' as const,
  compartment: 'SVC' as const,
  original: true,
})

/** Brings a paper to every case, as who made it: filed away, so that it can be read. */
export async function putAttachments(stage: Stage): Promise<void> {
  for (const { id, madeBy } of stage.world.cases.values()) {
    if (attachmentOf.has(id)) continue
    const by = people.find(one => stage.person(one.key).account === madeBy)!.key
    const file = await sealedFor(stage.harness, pdf(id))
    const attachment = uuidv7()
    const persona = stage.personas.get(by)!
    await persona.call(cases.attach, { params: { case: id }, body: body(attachment, file.name, 'paper.pdf') })
    await sendAll(persona.fetch, file)
    attachmentOf.set(id, attachment)
  }
}

/** Says that a file will come, which never does. */
export const attach = (by: PersonKey, id: string): Step => ({
  by,
  operation: 'cases.attach',
  parts: {
    params: { case: id },
    body: body(uuidv7(), asSealed(Buffer.from(uuidv7())).name, 'Her contract.pdf'),
  },
  target: { case: id },
  apply: () => {},
})
