import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { screening } from '#capabilities/screening/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { consentBody, type People, screeningBody } from '../../../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey } from '../../../tools/demonstration/people.ts'

type Identity = In<(typeof screening.record)['body']>['identity']

/** Somebody who exists in the tests only; two records of them, as two people heard the name. */
export const heard = {
  here: { givenName: 'Yeferson', familyName: 'Quintanilla Mora', age: 24, sex: 'male', phone: '+999 555 0142' },
  there: { givenName: 'Jeferson', familyName: 'Quintanila', age: 25, sex: 'male', phone: '999 555 0142' },
} as const satisfies Record<string, Identity>

/** A case that an officer recorded; nobody else has it. */
export async function recorded(by: People, officer: PersonKey, identity: Identity): Promise<string> {
  const body = screeningBody({ identity })
  await (await by.as(officer)).call(screening.record, { body })
  return body.case
}
/** The same, referred to the unit and opened there. */
export async function taken(by: People, officer: PersonKey, identity: Identity): Promise<string> {
  const id = await recorded(by, officer, identity)
  const unit = organisationId('counter-trafficking-unit')
  const { call } = await by.as(officer)
  const given = consentBody([unit])
  const referral = uuidv7()
  await call(consent.give, { params: { case: id }, body: given })
  await call(referrals.send, {
    body: {
      id: referral,
      case: id,
      kind: 'identification',
      to: unit,
      urgency: 'urgent',
      consent: given.id,
      share: ['ID', 'SVC', 'STA'],
    },
  })
  await (await by.as('tobias')).call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return id
}
/** Puts a coordinator in charge. @returns the reference of the case */
export async function inChargeOf(by: People, id: string, coordinator: PersonKey): Promise<string> {
  const { call } = await by.as('tobias')
  const { version, reference } = await call(cases.read, { params: { case: id } })
  await call(charge.assign, { params: { case: id }, version, body: { coordinator: accountId(coordinator) } })
  return reference
}
