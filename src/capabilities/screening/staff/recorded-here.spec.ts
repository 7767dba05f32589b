import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import type { Kept } from '#staff/phone/kept.ts'
import { type Harness, type Persona, startHarness } from '../../../../tests/harness/harness.ts'
import { screenedBody } from '../../../../tests/harness/make.ts'
import { screening } from '../contract.ts'
import { shownHere } from './recorded-here.ts'

let harness: Harness
let marisol: Persona
before(async () => {
  harness = await startHarness()
  marisol = await harness.as('marisol')
})
after(() => harness.stop())

/** A phone that has what the server has. */
const phone = () =>
  ({
    me: { name: 'Marisol Prentice' },
    answer: <O extends Operation>(operation: O, parts: Call<O>) => marisol.call(operation, parts),
  }) as unknown as Kept

test('what a phone shows of a screening before it has arrived is what the server shows of it', async () => {
  const body = screenedBody({
    card: {
      instrument: 'labour-sign-card',
      version: '2',
      answers: { signs: ['long-hours', 'kept-in'], noticed: 'Bars on every window.' },
    },
    shortScreen: {
      instrument: 'short-screen',
      version: '2',
      answers: { papers: 'yes', contact: 'unknown' },
      declined: ['debt'],
    },
  })
  const here = await shownHere({ key: '', params: {}, body, madeAt: body.saidAt, stands: true }, phone())
  await marisol.call(screening.record, { body })
  const there = await marisol.call(screening.read, { params: { screening: body.id } })
  const { reference: _, receivedAt: __, ...shown } = here
  const { reference: ___, receivedAt: ____, ...seen } = there
  assert.deepEqual(shown, seen)
  assert.equal(shown.talkFurther, true)
})

test('without the instrument on the phone the rest is shown', async () => {
  const nothing = { ...phone(), answer: async () => undefined } as Kept
  const body = screenedBody({ story: 'He was told to wait.' })
  const here = await shownHere({ key: '', params: {}, body, madeAt: body.saidAt, stands: true }, nothing)
  assert.deepEqual([here.card, here.shortScreen, here.story], [null, null, 'He was told to wait.'])
})
