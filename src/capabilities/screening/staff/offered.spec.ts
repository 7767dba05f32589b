import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OrganisationKind, organisationKinds } from '#capabilities/directory/contract.ts'
import type { InstrumentRow } from '../contract-instruments.ts'
import { shippedInstruments } from '../instruments/shipped.ts'
import { suggested } from './offered.ts'

const cards = shippedInstruments
  .filter(({ about }) => about.layer === 'card')
  .map(({ form, about }) => ({ code: form.id, ...about })) as unknown as InstrumentRow[]
const cardOf = (kind: OrganisationKind) => suggested(cards, kind)?.code

test('an organisation begins with the card of the place where its people work', () => {
  const first = Object.fromEntries(organisationKinds.map(kind => [kind, cardOf(kind)]).filter(([, card]) => card))
  assert.deepEqual(first, {
    'labour-inspectorate': 'labour-sign-card',
    police: 'police-sign-card',
    immigration: 'border-sign-card',
    'coast-guard': 'border-sign-card',
    'child-protection': 'school-sign-card',
    school: 'school-sign-card',
    health: 'health-sign-card',
  })
})
