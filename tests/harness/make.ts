import { cases, isChild } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent, type TextVersion } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, organisationId, type PersonKey } from '../../tools/demonstration/people.ts'
import type { Caller } from './harness.ts'

type ScreeningBody = In<(typeof screening.record)['body']>
type ConsentBody = In<(typeof consent.give)['body']>

/** How something was explained: in Spanish, face to face, a moment ago. */
export const explained = <T extends TextVersion>(textVersion: T) => ({
  textVersion,
  language: 'es',
  interpreter: 'none' as const,
  givenBy: 'person' as const,
  form: 'oral-certified' as const,
  saidAt: new Date().toISOString(),
})

/** A whole screening of an invented person, as a phone makes it that names no versions; every id is fresh. */
export const screeningBody = (change: Partial<ScreeningBody> = {}): ScreeningBody => ({
  id: uuidv7(),
  case: uuidv7(),
  instrument: 'labour-sign-card',
  country: 'XSA',
  language: 'es',
  interpreter: 'none',
  placeSafe: true,
  danger: false,
  child: 'no',
  sector: 'agriculture',
  limitsTold: { id: uuidv7(), ...explained('limits-1') },
  signs: ['papers-with-other'],
  answers: { papers: 'yes' },
  worried: true,
  identity: { givenName: 'Yeferson', familyName: 'Quintanilla', age: 24, sex: 'male', phone: '+999 555 0142' },
  urgency: 'urgent',
  saidAt: new Date().toISOString(),
  ...change,
})

/** The same as phones make it: with the card of signs and the questions that were used, in their versions. */
export function screenedBody(change: Partial<ScreeningBody> = {}): ScreeningBody {
  const { instrument: _, signs: __, answers: ___, ...body } = screeningBody()
  return {
    ...body,
    card: { instrument: 'labour-sign-card', version: '2', answers: { signs: ['papers-with-other'] } },
    shortScreen: { instrument: 'short-screen', version: '2', answers: { papers: 'yes' } },
    ...change,
  }
}

/** A consent to identification and services for these organisations. */
export const consentBody = (recipients: string[], change: Partial<ConsentBody> = {}): ConsentBody => ({
  id: uuidv7(),
  ...explained('sharing-1'),
  purposes: ['identification', 'services'],
  recipients,
  compartments: ['ID', 'SVC', 'STA'],
  withhold: [],
  ...change,
})

/**
 * A decision with everything that the default procedure asks for: a line on each element, and it rests on what there is of
 * the case.
 * @param by a decision maker
 */
export async function decisionBody(
  by: { readonly call: Caller },
  id: string,
  outcome: 'positive' | 'negative',
  change: Partial<In<(typeof cases.decide)['body']>> = {},
): Promise<In<(typeof cases.decide)['body']>> {
  const { items } = await by.call(cases.evidence, { params: { case: id } })
  return {
    id: uuidv7(),
    outcome,
    acts: ['recruitment'],
    means: ['deception'],
    exploitations: ['forced-labour'],
    grounds: { act: 'He was recruited.', means: 'He was deceived.', purpose: 'He had to work.' },
    evidence: items.slice(0, 1).map(one => ({ kind: one.kind, id: one.id, why: 'It says who kept the papers.' })),
    reasons: 'What was told fits what was seen.',
    ...change,
  }
}

/** The people of the demonstration country, in this process or over the network. */
export interface People {
  readonly as: (key: PersonKey) => Promise<{ readonly call: Caller }>
}
type Share = In<(typeof referrals.send)['body']>['share']

/**
 * Screens, gets consent, refers and accepts: a case that the unit has opened.
 * @param share what the referral shares with it
 * @returns its id
 */
export async function openedCase(
  by: People,
  change: Partial<ScreeningBody> = {},
  share: Share = ['ID', 'SVC', 'STA'],
): Promise<string> {
  const marisol = await by.as('marisol')
  const tobias = await by.as('tobias')
  const unit = organisationId('counter-trafficking-unit')
  const body = change.card || change.shortScreen ? screenedBody(change) : screeningBody(change)
  const child = body.child !== 'no' || isChild(body.identity, new Date().toISOString().slice(0, 10), 18)
  const given = consentBody([unit], child ? { givenBy: 'guardian', childAssent: true } : {})
  const referral = uuidv7()
  await marisol.call(screening.record, { body })
  await marisol.call(consent.give, { params: { case: body.case }, body: given })
  await marisol.call(referrals.send, {
    body: {
      id: referral,
      case: body.case,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: given.id,
      share,
    },
  })
  await tobias.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return body.case
}

/** Puts a coordinator in charge of a case. @returns its reference */
export async function putInCharge(by: People, id: string, coordinator: PersonKey = 'dalia'): Promise<string> {
  const tobias = await by.as('tobias')
  const params = { case: id }
  const { version, reference } = await tobias.call(cases.read, { params })
  await tobias.call(charge.assign, { params, version, body: { coordinator: accountId(coordinator) } })
  return reference
}

/** What stands in a kept case, and nowhere else. */
export const kept = {
  note: 'Wants to call her sister on Sundays.',
  place: 'Blue house behind the mill',
}
/** A case that a coordinator is in charge of, with a note and a place. @returns id and reference */
export async function keptCase(
  by: People,
  coordinator: PersonKey = 'dalia',
): Promise<{ id: string; reference: string }> {
  const id = await openedCase(by)
  const reference = await putInCharge(by, id, coordinator)
  const params = { case: id }
  const { call } = await by.as(coordinator)
  await call(cases.addNote, { params, body: { id: uuidv7(), text: kept.note } })
  await call(cases.changeLocation, { params, version: 0, body: { text: kept.place } })
  return { id, reference }
}
