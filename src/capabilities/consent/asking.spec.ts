import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { parse } from '#platform/contract/parse.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { type Asked, givenBody, type Said } from './asking.ts'
import { agreedWith, consent } from './contract.ts'

const said: Said = {
  language: 'es',
  interpreter: 'none',
  givenBy: 'person',
  form: 'oral-certified',
  saidAt: '2026-03-14T15:00:00.000Z',
}
const anyAsked: fc.Arbitrary<Asked[]> = fc.array(
  fc.record({
    id: fc.constant(null).map(() => uuidv7()),
    competent: fc.boolean(),
    share: fc.oneof(fc.subarray(['ID', 'SVC', 'HLT'] as const), fc.constant(['nothing'] as const)),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('asking for consent', () => {
  test('each recipient may see exactly what the person said for them', () => {
    fc.assert(
      fc.property(anyAsked, asked => {
        const body = givenBody(uuidv7(), asked, said, 12)
        for (const { id, share } of asked)
          assert.deepEqual(
            [...agreedWith(body, id)].sort(),
            share.includes('nothing' as never) ? [] : [...share, 'STA'].sort(),
          )
      }),
    )
  })

  test('a yes to anybody makes a record that the contract accepts', () => {
    fc.assert(
      fc.property(anyAsked, asked => {
        fc.pre(asked.some(one => !one.share.includes('nothing' as never)))
        parse(consent.give.body, givenBody(uuidv7(), asked, said, 0), 'body')
      }),
    )
  })

  test('what is not agreed is kept from each by name, and from who is not to know everything is', () => {
    fc.assert(
      fc.property(anyAsked, asked => {
        const { withhold, recipients } = givenBody(uuidv7(), asked, said, 12)
        for (const { id, share } of asked) {
          const kept = withhold.filter(one => one.recipient === id).flatMap(one => one.compartments)
          const never = share.includes('nothing' as never)
          const should = never
            ? ['ID', 'SVC', 'HLT', 'STA']
            : ['ID', 'SVC', 'HLT'].filter(one => !share.includes(one as never))
          assert.deepEqual(kept, should)
          assert.equal(recipients.includes(id), !never)
        }
      }),
    )
  })

  test('the purposes follow from who is asked', () => {
    const unit: Asked = { id: uuidv7(), competent: true, share: [] }
    const clinic: Asked = { id: uuidv7(), competent: false, share: ['ID'] }
    assert.deepEqual(givenBody(uuidv7(), [unit], said, 0).purposes, ['identification'])
    assert.deepEqual(givenBody(uuidv7(), [unit, clinic], said, 0).purposes, ['identification', 'services'])
    assert.deepEqual(givenBody(uuidv7(), [{ ...unit, share: ['HLT'] }], said, 0).purposes, [
      'identification',
      'services',
    ])
    assert.deepEqual(givenBody(uuidv7(), [{ ...unit, share: ['nothing'] }, clinic], said, 0).purposes, ['services'])
  })

  test('without an end it stands until it is withdrawn', () => {
    const unit: Asked = { id: uuidv7(), competent: true, share: ['ID'] }
    assert.equal(givenBody(uuidv7(), [unit], said, 0).months, undefined)
    assert.equal(givenBody(uuidv7(), [unit], said, 6).months, 6)
  })
})
