import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReferralStatus, referralStatuses } from './contract.ts'
import { isTakenOn, isWhole, leavesNeed, movesOf, ownerOf, type ReferralMove, waitsForAnswer } from './flow.ts'

const after: Readonly<Record<ReferralMove, readonly ReferralStatus[]>> = {
  acknowledge: ['acknowledged'],
  accept: ['accepted', 'partly-accepted'],
  decline: ['declined'],
  revoke: ['revoked'],
  begin: ['in-service'],
  finish: ['done'],
  end: ['ended'],
}

test('from every status somebody goes on or it is over, and always somebody has it in hand', () => {
  for (const kind of ['identification', 'service'] as const) {
    const reached = new Set<ReferralStatus>(['sent', ...(kind === 'service' ? (['expired'] as const) : [])])
    for (const status of reached)
      for (const move of movesOf(status, kind)) for (const next of after[move]) reached.add(next)
    for (const status of reached) {
      const over = movesOf(status, kind).length === 0
      // What is over is back with whoever asked; a person who was taken on for identification is with the unit.
      const taken = kind === 'identification' && status.endsWith('accepted')
      assert.equal(ownerOf(status), over && !taken ? 'sender' : 'recipient', `${kind} ${status}`)
    }
    if (kind === 'service') assert.deepEqual([...reached].sort(), [...referralStatuses].sort())
  }
})

test('nothing leads back: what was answered is not answered again, what is over stays so', () => {
  const seen = (status: ReferralStatus, path: readonly ReferralStatus[]): void => {
    assert.ok(!path.includes(status), `${[...path, status]}`)
    for (const move of movesOf(status, 'service')) for (const next of after[move]) seen(next, [...path, status])
  }
  seen('sent', [])
})

test('what a status means for whoever asks next is said of each', () => {
  const those = (asked: (status: ReferralStatus) => boolean) => referralStatuses.filter(asked).sort()
  assert.deepEqual(those(waitsForAnswer), ['acknowledged', 'sent'])
  assert.deepEqual(those(isTakenOn), ['accepted', 'in-service', 'partly-accepted'])
  assert.deepEqual(those(isWhole), ['accepted', 'done', 'in-service'])
  assert.deepEqual(those(leavesNeed), ['declined', 'ended', 'expired', 'partly-accepted'])
})
