import { type AttachmentCompartment, cases } from '#capabilities/cases/contract.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { asSealed, sealedFor, sendAll } from '#platform/files/make.ts'
import { pdf } from '#platform/files/server/make.ts'
import { type PersonKey, people } from '../../tools/demonstration/people.ts'
import type { Attempt } from './attempts.ts'
import { identityFields, type Rules, type Standing, type Target, type Verdict } from './oracle.ts'
import type { Stage, Step } from './stage.ts'
import type { Person } from './world.ts'

// Who met the person adds what they were shown, whoever has the case by now; only who is in charge of the care reads it. A
// paper that shows who the person is belongs to that: whoever says who they are adds it, whoever reads that with the case
// reads it.
const charge = (it: Standing): boolean => it.charge
const brings: Rules = { officer: it => it.made, intake: it => it.made, coordinator: charge }
const readsPapers: Rules = {
  intake: it => (it.held || it.unopened) && it.named,
  'decision-maker': it => it.held && it.named,
  coordinator: it => it.charge && it.named,
}
const ofCare: Readonly<Record<string, Rules>> = {
  'cases.attach': brings,
  'cases.listAttachments': { ...readsPapers, coordinator: charge },
  'cases.readAttachment': { coordinator: charge },
}
// Asked for when it is needed: the oracle's rules are not there yet while the slices are read.
const ofPapers = (): Readonly<Record<string, Rules>> => ({
  'cases.attach': identityFields,
  'cases.readAttachment': readsPapers,
})
/** Undefined: not about a file of a case. */
export function ofAttachments(
  { role }: Person,
  operation: string,
  it: Standing | undefined,
  target: Target,
): Verdict | undefined {
  if (!(operation in ofCare)) return undefined
  const rules = (target.compartment === 'ID' ? ofPapers() : ofCare)[operation]
  return it && rules?.[role]?.(it) ? 'allow' : 'deny'
}

/** The attachments that `putAttachments` left in each case: one of the services, one of who the person is. */
const attachmentOf = new Map<string, Readonly<Record<AttachmentCompartment, string>>>()

const purposes = { ID: 'identity-document', SVC: 'document' } as const
const copyOf = (id: string, attachment: string): Record<string, string> => ({ case: id, attachment, copy: 'original' })
const body = (id: string, file: string, compartment: AttachmentCompartment) => ({
  id,
  file,
  name: 'paper.pdf',
  purpose: purposes[compartment],
  compartment,
  original: true,
})

/** Brings a paper of each kind to every case, as who made it: filed away, so that it can be read. */
export async function putAttachments(stage: Stage): Promise<void> {
  for (const { id, madeBy } of stage.world.cases.values()) {
    if (attachmentOf.has(id)) continue
    const by = people.find(one => stage.person(one.key).account === madeBy)!.key
    const persona = stage.personas.get(by)!
    const brought = { ID: uuidv7(), SVC: uuidv7() }
    for (const compartment of ['ID', 'SVC'] as const) {
      const file = await sealedFor(stage.harness, pdf(`${compartment} ${id}`))
      await persona.call(cases.attach, {
        params: { case: id },
        body: body(brought[compartment], file.name, compartment),
      })
      await sendAll(persona.fetch, file)
    }
    attachmentOf.set(id, brought)
  }
}

/** Says that a file will come, which never does. */
export const attach = (by: PersonKey, id: string, compartment: AttachmentCompartment = 'SVC'): Step => ({
  by,
  operation: 'cases.attach',
  parts: {
    params: { case: id },
    body: body(uuidv7(), asSealed(Buffer.from(uuidv7())).name, compartment),
  },
  target: { case: id, compartment },
  apply: () => {},
})

/** What is asked of the files of a case, by one person. */
export const attachmentsOnCase = (by: PersonKey, about: string, id: string): Attempt[] => {
  const none = uuidv7()
  return [
    {
      ...{ by, operation: 'cases.listAttachments', about, parts: { params: { case: id } }, target: { case: id } },
      missing: { params: { case: none } },
    },
    ...(['ID', 'SVC'] as const).flatMap(compartment => {
      const { parts, target, operation } = attach(by, id, compartment)
      const attachment = attachmentOf.get(id)?.[compartment] ?? none
      const what = { by, about: `${about}, ${compartment}`, target }
      return [
        { ...what, operation, parts, missing: { ...parts, params: { case: none } } },
        {
          ...what,
          operation: 'cases.readAttachment',
          parts: { params: copyOf(id, attachment) },
          missing: { params: copyOf(none, none) },
        },
      ]
    }),
  ]
}
