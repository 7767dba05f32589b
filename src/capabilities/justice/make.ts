import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type SealedFile, sealedFor, sendAll } from '#platform/files/make.ts'
import { inDays } from '../../../tests/harness/day.ts'
import type { Harness, Persona } from '../../../tests/harness/harness.ts'
import { explained, kept } from '../../../tests/harness/make.ts'
import { justice } from './contract.ts'

type LeadBody = In<(typeof justice.makeLead)['body']>
type OrderBody = In<(typeof justice.recordOrder)['body']>
type InterestBody = In<(typeof justice.recordInterest)['body']>
type ConsentBody = In<(typeof justice.recordConsent)['body']>

/** A lead of an invented bar, from an invented neighbour. */
export const leadBody = (change: Partial<LeadBody> = {}): LeadBody => ({
  id: uuidv7(),
  title: 'Night work behind the Anchor bar',
  about: ['forced-labour', 'documents'],
  sourceGrade: 'B',
  informationGrade: '3',
  handling: 'prosecution',
  content: 'A white van brings four people every evening; their papers stay with the owner.',
  source: 'A neighbour who asks not to be named.',
  ...change,
})

/** Adds a file to a lead, and sends it as a desk does. @returns its id */
export async function attachedToLead(
  harness: Harness,
  by: Persona,
  lead: string,
  plain: Uint8Array | SealedFile,
  name = 'The van at the gate.jpg',
): Promise<string> {
  const file = plain instanceof Uint8Array ? await sealedFor(harness, plain) : plain
  const id = uuidv7()
  await by.call(justice.attachToLead, { params: { lead }, body: { id, file: file.name, name } })
  await sendAll(by.fetch, file)
  return id
}

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
/** An order to hand identity and place over to these people of a police body, from an hour ago on for two days. */
export const orderBody = (organisation: string, named: string[], change: Partial<OrderBody> = {}): OrderBody => ({
  id: uuidv7(),
  court: 'Second Assize of Port Saman',
  number: '118/2026',
  madeOn: inDays(-1),
  compartments: ['ID', 'LOC'],
  purposes: ['investigation'],
  organisation,
  named,
  from: hours(-1),
  until: hours(48),
  ...change,
})
export const interestBody = (
  organisation: string,
  account: string,
  change: Partial<InterestBody> = {},
): InterestBody => ({
  id: uuidv7(),
  reason: 'life-in-danger',
  words: 'The former employer is on the way to where she stays.',
  compartments: ['LOC'],
  organisation,
  account,
  until: hours(48),
  ...change,
})

/** A yes, said face to face a moment ago, to these people of a police body for three months. */
export const policeConsentBody = (
  organisation: string,
  named: string[],
  change: Partial<ConsentBody> = {},
): ConsentBody => ({ id: uuidv7(), ...explained('police-1'), organisation, named, months: 3, ...change })
/** What nobody of the police may meet without a basis. */
export const planted = {
  name: 'Quintanilla',
  ...kept,
}

/** An order that Tobias wrote down and Inés confirmed. @returns its id */
export async function confirmedOrder(
  harness: Harness,
  caseId: string,
  to: Persona,
  change: Partial<OrderBody> = {},
): Promise<string> {
  const [tobias, ines] = await Promise.all([harness.as('tobias'), harness.as('ines')])
  const body = orderBody(to.organisation, [to.account], change)
  await tobias.call(justice.recordOrder, { params: { case: caseId }, body })
  await ines.call(justice.answerOrder, {
    params: { case: caseId, order: body.id },
    version: 1,
    body: { answer: 'confirmed' },
  })
  return body.id
}
