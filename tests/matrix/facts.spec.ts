/**
 * What must hold of the oracle over every tuple, whatever single cells say. Source: §3.4 and §3.5 of the access table
 * of the design.
 */

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { every } from './every.ts'
import { expected } from './oracle.ts'
import {
  ALL,
  always,
  among,
  basis,
  care,
  careContent,
  compartment,
  opened,
  police,
  same,
  whateverTheTable,
} from './properties.ts'
import { TABLE } from './table.ts'
import { ACTIONS, RESOURCES, ROLES, type Tuple } from './vocabulary.ts'

describe('the space', () => {
  test('every tuple once, at least 128,000 of them', () => {
    const all = [...every()].map(t => Object.values(t).join())
    assert.equal(all.length, 19 * 17 * 7 * 4 * 5 * 3)
    assert.equal(new Set(all).size, all.length)
    assert.ok(all.length >= 128_000)
    console.log(`${all.length} tuples`)
  })

  test('total: each tuple has one verdict and one obligation, and a denial obliges to nothing', () => {
    always(
      () => true,
      (_, { verdict, obligation }) =>
        among(verdict, 'allow', 'deny', 'masked', 'numbers') &&
        among(obligation, 'none', 'second-person', 'step-up') &&
        (verdict !== 'deny' || obligation === 'none'),
    )
  })

  test('default deny: beside erasure, only a letter printed in the cell opens anything, break-glass included', () => {
    const letter = { create: 'C', read: 'R', update: 'U', share: 'S', export: 'X', approve: 'A', erase: 'D' } as const
    always(
      t => t.action !== 'erase' && opened(t),
      t => TABLE[t.role][t.resource].includes(letter[t.action]) || (t.resource === 'keys' && t.action === 'update'),
    )
  })

  test('every letter a cell prints opens something on some footing, practice data aside', () => {
    const open = new Set(
      ALL.filter(t => t.breakGlass === 'none' && opened(t)).map(t => `${t.role} ${t.resource} ${t.action}`),
    )
    for (const role of ROLES)
      for (const resource of RESOURCES)
        for (const [, printed] of TABLE[role][resource].matchAll(/\b([CRUSXAD])[agcmn2]*\b/g)) {
          const cell = `${role} ${resource} ${ACTIONS['CRUSXAD'.indexOf(printed!)]}`
          assert.ok(open.has(cell), cell)
        }
  })

  test('a marks the assigned only: ID is read on no other footing but supervision, masking or break-glass', () => {
    always(
      t => t.resource === 'ID' && t.action === 'read' && t.breakGlass !== 'live' && expected(t).verdict === 'allow',
      t => t.relation === 'assigned' || (t.role === 'supervisor' && t.relation === 'own-agency'),
    )
  })
})

describe('the wall', () => {
  test('F1 police and prosecution reach SVC, HLT, LOC only on a live basis that names their agency', () => {
    whateverTheTable(
      t => police(t) && careContent(t) && t.action !== 'erase' && (!basis(t) || t.relation === 'none'),
      (_, { verdict }) => verdict === 'deny',
    )
  })

  test('F2 care roles never read INV or WIT', () => {
    whateverTheTable(
      t => care(t) && among(t.resource, 'INV', 'WIT') && t.action !== 'erase',
      (_, { verdict }) => verdict === 'deny',
    )
  })

  test('F3 what a care role or the survivor reads of the audit is masked', () => {
    whateverTheTable(
      t => (care(t) || t.role === 'survivor') && t.resource === 'audit' && t.action === 'read',
      (_, { verdict }) => among(verdict, 'masked', 'deny'),
    )
  })

  test('F5 LOC is never exported; nor shared, counted or read by police', () => {
    whateverTheTable(
      t => t.resource === 'LOC' && t.action === 'export',
      (_, { verdict }) => verdict === 'deny',
    )
    always(
      t => t.resource === 'LOC' && (t.action === 'share' || police(t)),
      (_, { verdict }) => verdict === 'deny',
    )
    always(
      t => t.resource === 'LOC',
      (_, { verdict }) => verdict !== 'numbers',
    )
  })

  test('F6 administrators reach no case column and never read a key', () => {
    const column = (t: Tuple): boolean => compartment(t) || among(t.resource, 'report', 'screening', 'consent', 'fund')
    whateverTheTable(
      t => t.role === 'administrator' && (column(t) || (t.resource === 'keys' && t.action === 'read')),
      (_, { verdict }) => verdict === 'deny',
    )
  })

  test('donor, analyst and secretariat never read a compartment in clear', () => {
    always(
      t => among(t.role, 'donor', 'analyst', 'secretariat') && compartment(t),
      (t, { verdict }) => verdict === 'deny' || (t.role === 'analyst' && t.resource === 'STA' && verdict === 'masked'),
    )
  })

  test('F10 aggregates are numbers to everybody who reads or exports them', () => {
    whateverTheTable(
      t => t.resource === 'aggregates' && among(t.action, 'read', 'export'),
      (_, { verdict }) => among(verdict, 'numbers', 'deny'),
    )
  })

  test('F11 a conflict of interest denies all, break-glass included', () => {
    whateverTheTable(
      t => t.conflict === true,
      (_, { verdict }) => verdict === 'deny',
    )
  })
})

describe('never alone', () => {
  test('F7 approving, and changing what users may do, always has another person on the other side', () => {
    whateverTheTable(
      t => t.action === 'approve' || (t.resource === 'users' && among(t.action, 'create', 'update')),
      (_, { verdict, obligation }) => verdict === 'deny' || obligation === 'second-person',
    )
  })

  test('F7 only the decision maker approves on STA', () => {
    always(
      t => t.resource === 'STA' && t.action === 'approve' && opened(t),
      t => t.role === 'decision-maker',
    )
  })

  test('F9 no compartment is exported without a second person', () => {
    whateverTheTable(
      t => t.action === 'export' && compartment(t),
      (_, { verdict, obligation }) => verdict === 'deny' || obligation === 'second-person',
    )
  })

  test('erasure: only proposed by the data-protection officer and confirmed by the coordinator who holds the case', () => {
    always(
      t => t.action === 'erase' && opened(t),
      (t, { obligation }) =>
        obligation === 'second-person' &&
        (t.role === 'data-protection-officer' ||
          (t.role === 'coordinator' && among(t.relation, 'assigned', 'own-agency'))),
    )
    const parties = new Set(ALL.filter(t => t.action === 'erase' && opened(t)).map(t => t.role))
    assert.deepEqual([...parties].sort(), ['coordinator', 'data-protection-officer'])
  })
})

describe('consent', () => {
  for (const consent of ['expired', 'withdrawn', 'other-purpose'] as const)
    test(`${consent === 'withdrawn' ? 'F8 ' : ''}${consent} consent gives what no consent gives`, () => {
      always(
        t => t.consent === consent,
        t => same(t, { ...t, consent: 'none' }),
      )
    })

  test('F8 a share without a live basis is no relation at all', () => {
    always(
      t => t.relation === 'shared' && !basis(t),
      t => same(t, { ...t, relation: 'none' }),
    )
  })

  test('F8 nothing leaves a case without a live basis, save INV inside the agency', () => {
    always(
      t => t.action === 'share' && !basis(t) && opened(t),
      t => t.role === 'investigator' && t.resource === 'INV' && among(t.relation, 'assigned', 'own-agency'),
    )
  })

  test('monotonic: taking consent, an order or a relation away never adds a right', () => {
    const rank = { deny: 0, numbers: 1, masked: 2, allow: 3 } as const
    const least = (t: Tuple, more: Tuple): boolean => rank[expected(t).verdict] <= rank[expected(more).verdict]
    always(
      t => t.consent !== 'live',
      t => least(t, { ...t, consent: 'live' }),
    )
    always(
      t => !t.order,
      t => least(t, { ...t, order: true }),
    )
    always(
      t => t.relation === 'none',
      t => (['assigned', 'own-agency', 'shared'] as const).every(r => least(t, { ...t, relation: r })),
    )
  })
})

describe('break-glass', () => {
  test('live: adds the reading of ID and SVC with a passkey, never to police, nothing else', () => {
    always(
      t => t.breakGlass === 'live' && !same(t, { ...t, breakGlass: 'none' }),
      (t, { verdict, obligation }) =>
        t.action === 'read' &&
        among(t.resource, 'ID', 'SVC') &&
        !opened({ ...t, breakGlass: 'none' }) &&
        verdict === 'allow' &&
        obligation === 'step-up' &&
        !police(t) &&
        !among(t.role, 'survivor', 'transport', 'fund-officer', 'administrator', 'data-protection-officer', 'donor'),
    )
  })

  test('live: both ID and SVC open to the care roles on any footing, whatever became of consent', () => {
    always(
      t => care(t) && t.breakGlass === 'live' && t.action === 'read' && !t.conflict && among(t.resource, 'ID', 'SVC'),
      (_, { verdict }) => verdict === 'allow',
    )
  })

  test('ended is none', () => {
    always(
      t => t.breakGlass === 'ended',
      t => same(t, { ...t, breakGlass: 'none' }),
    )
  })
})
