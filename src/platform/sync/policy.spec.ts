import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from '../policy/decide.ts'
import { purposesOf, type Role, roles } from '../policy/roles.ts'
import { policy } from './policy.ts'

const now = new Date()
const actor = (role: Role, user = 'somebody', organisation = 'ours'): Actor => ({
  user,
  assignment: 'a',
  role,
  organisation,
  country: 'XSA',
  purpose: purposesOf[role][0],
  strength: 2,
  provenAt: now,
  session: 's',
})
const facts = { account: 'other', maker: 'other', organisation: 'ours' }

test('each permission belongs to these roles and no others', () => {
  const expected: Record<keyof typeof policy, readonly Role[]> = {
    'device.register': ['officer', 'intake'],
    'device.list-of': ['administrator'],
    'device.revoke-of': ['administrator'],
    'parcel.list': ['supervisor'],
    'parcel.release': ['supervisor'],
    'parcel.discard': ['supervisor'],
    'record.pull': ['officer', 'intake'],
    'record.pull-rows': ['officer', 'intake'],
  }
  for (const [permission, who] of Object.entries(expected))
    for (const role of roles)
      assert.equal(
        policy[permission as keyof typeof policy](actor(role), facts, now).allow,
        who.includes(role),
        `${permission} ${role}`,
      )
})

test('none of them opens a compartment: records are opened by their own rules', () => {
  for (const rule of Object.values(policy))
    for (const role of roles) {
      const verdict = rule(actor(role), facts, now)
      if (verdict.allow) assert.deepEqual(verdict.compartments, [])
    }
})

test('who decides about a parcel is a second person, of the organisation it was made for', () => {
  for (const permission of ['parcel.release', 'parcel.discard'] as const) {
    const rule = policy[permission]
    assert.equal(rule(actor('supervisor', 'other'), facts, now).allow, false)
    assert.equal(rule(actor('supervisor', 'somebody', 'theirs'), facts, now).allow, false)
    assert.equal(rule(actor('supervisor'), facts, now).allow, true)
  }
})
