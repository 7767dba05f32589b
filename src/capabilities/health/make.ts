import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type SealedFile, sealedFor, sendAll } from '#platform/files/make.ts'
import type { Harness, Persona } from '../../../tests/harness/harness.ts'
import { consentBody, type People } from '../../../tests/harness/make.ts'
import { organisationId } from '../../../tools/demonstration/people.ts'
import { health } from './contract.ts'

export const clinic = organisationId('claro-clinic')

/** The person agrees to be seen at the clinic, which accepts. @returns the consent and the referral */
export async function treatedByClinic(by: People, id: string): Promise<{ consent: string; referral: string }> {
  const [dalia, jonah] = await Promise.all([by.as('dalia'), by.as('jonah')])
  const given = consentBody([clinic], { purposes: ['services'] })
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  await dalia.call(referrals.send, {
    body: {
      ...{ id: referral, case: id, kind: 'service', service: 'medical-care', to: clinic, urgency: 'urgent' },
      ...{ consent: given.id, share: ['ID', 'STA'] },
    } as In<typeof referrals.send.body>,
  })
  await jonah.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return { consent: given.id, referral }
}

/** Agrees that these organisations read what health workers write, as the clinic asked. @returns the consent's id */
export async function agreedToHealth(
  by: People,
  id: string,
  recipients: string[],
  change: Parameters<typeof consentBody>[1] = {},
): Promise<string> {
  const body = consentBody(recipients, { purposes: ['services'], compartments: ['HLT', 'STA'], ...change })
  await (await by.as('jonah')).call(consent.give, { params: { case: id }, body })
  return body.id
}

type NoteBody = In<typeof health.write.body>
export const noteBody = (change: Partial<NoteBody> = {}): NoteBody => ({
  id: uuidv7(),
  about: 'findings',
  text: 'Old scar tissue on both wrists; sleeps two hours a night.',
  ...change,
})

/** Adds a file to a note, and sends it as a desk does. @returns its id */
export async function attachedTo(
  harness: Harness,
  by: Persona,
  params: { readonly case: string; readonly note: string },
  plain: Uint8Array | SealedFile,
  name: string,
): Promise<string> {
  const file = plain instanceof Uint8Array ? await sealedFor(harness, plain) : plain
  const id = uuidv7()
  await by.call(health.attach, { params, body: { id, file: file.name, name } })
  await sendAll(by.fetch, file)
  return id
}
