import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import type { In } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inDays } from '../../../tests/harness/day.ts'
import type { Harness } from '../../../tests/harness/harness.ts'
import { consentBody, openedCase } from '../../../tests/harness/make.ts'
import { accountId, organisationId, type PersonKey } from '../../../tools/demonstration/people.ts'
import { care } from './contract.ts'

export const unit = organisationId('counter-trafficking-unit')
export const shelter = organisationId('samaan-house')
export const clinic = organisationId('claro-clinic')

/** The code of the problem that a request met, with its first field; `done` when there was none. */
export const codeOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'done',
    (error: { code: string; fields: { field: string; code: string }[] }) =>
      [error.code, error.fields[0] && `${error.fields[0].field}:${error.fields[0].code}`].filter(Boolean).join(' '),
  )

/** A case that Dalia is in charge of, or somebody else. @returns its id */
export async function caseInCare(
  harness: Harness,
  change: Parameters<typeof openedCase>[1] = {},
  coordinator: PersonKey = 'dalia',
): Promise<string> {
  const id = await openedCase(harness, change)
  const tobias = await harness.as('tobias')
  const { version } = await tobias.call(cases.read, { params: { case: id } })
  await tobias.call(charge.assign, { params: { case: id }, version, body: { coordinator: accountId(coordinator) } })
  return id
}

/** The person agrees to a service by the shelter, which accepts. @returns the consent and the referral */
export async function helpedByShelter(harness: Harness, id: string): Promise<{ consent: string; referral: string }> {
  const [dalia, celeste] = await Promise.all([harness.as('dalia'), harness.as('celeste')])
  const given = consentBody([shelter])
  await dalia.call(consent.give, { params: { case: id }, body: given })
  const referral = uuidv7()
  await dalia.call(referrals.send, {
    body: {
      id: referral,
      case: id,
      kind: 'service',
      service: 'safe-accommodation',
      to: shelter,
      urgency: 'urgent',
      consent: given.id,
      share: ['ID', 'STA'],
    },
  })
  await celeste.call(referrals.accept, { params: { referral }, version: 1, body: {} })
  return { consent: given.id, referral }
}

export const assessmentBody = (): In<(typeof care.assess)['body']> => ({
  id: uuidv7(),
  domains: [
    {
      domain: 'safety',
      severity: 'high',
      note: 'The recruiter knows her aunt’s house.',
      determinants: [
        { level: 'individual', factor: 'risk', severity: 'high', evidence: 'Debt to the recruiter' },
        { level: 'household', factor: 'protective', severity: 'moderate', evidence: 'A sister who calls daily' },
      ],
    },
    { domain: 'documents', severity: 'critical', determinants: [] },
  ],
  needs: [{ service: 'safe-accommodation', urgency: 'today', note: 'Tonight.' }],
})

export const safetyBody = (
  change: Partial<In<(typeof care.changeSafety)['body']>> = {},
): In<(typeof care.changeSafety)['body']> => ({
  threats: [{ source: 'suspect', target: 'person', what: 'He waits outside the clinic', likelihood: 4, impact: 4 }],
  measures: [{ what: 'A colleague walks with her', owner: 'unit' }],
  contact: { ways: ['text'], from: '18:00', to: '20:00' },
  reviewOn: inDays(5),
  codeWord: 'tamarind soup',
  ...change,
})

export const planBody = (): In<(typeof care.savePlan)['body']> => ({
  goals: [
    {
      goal: 'Sleep without fear',
      actions: [
        {
          id: uuidv7(),
          service: 'safe-accommodation',
          what: 'A room of her own',
          owner: 'provider',
          organisation: shelter,
          dueOn: inDays(0),
        },
        { id: uuidv7(), service: 'travel-documents', what: 'Ask the consul for a passport', owner: 'coordinator' },
      ],
    },
  ],
  ownWords: 'I want to call my sister every Sunday.',
})
/** Writes a plan and agrees to it, as who is in charge. @returns its actions' ids */
export async function agreedPlan(
  harness: Harness,
  id: string,
  body = planBody(),
  by: PersonKey = 'dalia',
): Promise<string[]> {
  const coordinator = await harness.as(by)
  const params = { case: id }
  const { version } = await coordinator.call(care.savePlan, { params, version: 0, body })
  await coordinator.call(care.agreePlan, {
    params,
    version,
    body: { how: 'spoken', givenBy: 'person', saidAt: new Date().toISOString() },
  })
  return body.goals.flatMap(one => one.actions.map(each => each.id))
}
