/**
 * Single cells of the access table of the design (§3.3), worked out by hand, one line each: the properties alone would
 * also hold of an oracle that denies too much.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expected, why } from './oracle.ts'
import type { Tuple } from './vocabulary.ts'

/** 'role resource action relation [consent] [broken] [order] [police|care] [clinician]' → verdict [obligation]. */
const WORKED = {
  'public-reporter report create none': 'allow',
  'public-reporter report read none': 'deny',
  'public-reporter report read assigned': 'allow',
  'survivor HLT read assigned': 'allow',
  'survivor consent update assigned': 'allow',
  'survivor LOC read assigned live': 'deny',
  'officer screening create none': 'allow',
  'officer screening share assigned': 'deny',
  'officer screening share assigned live': 'allow',
  'officer screening read own-agency live': 'deny',
  'officer ID read none broken': 'allow step-up',
  'officer SVC read none broken': 'deny',
  'intake report read own-agency': 'allow',
  'intake report approve own-agency': 'allow second-person',
  'intake ID create none': 'deny',
  'coordinator ID share own-agency live': 'allow',
  'coordinator ID share own-agency withdrawn': 'deny',
  'coordinator HLT read assigned live': 'allow',
  'coordinator HLT read assigned other-purpose': 'deny',
  'coordinator LOC read own-agency': 'deny',
  'coordinator consent read shared live': 'allow',
  'coordinator consent update shared live': 'deny',
  'coordinator INV read assigned live order': 'deny',
  'coordinator ID erase assigned': 'allow second-person',
  'coordinator audit read assigned': 'masked',
  'provider screening approve shared live': 'allow second-person',
  'provider screening approve shared withdrawn': 'deny',
  'provider HLT read assigned': 'deny',
  'provider HLT read assigned clinician': 'allow',
  'provider SVC read assigned withdrawn': 'allow',
  'provider ID read none broken': 'allow step-up',
  'provider HLT read none broken': 'deny',
  'shelter-manager LOC update own-agency': 'allow',
  'shelter-manager LOC read shared live': 'deny',
  'transport ID read none broken': 'deny',
  'transport ID read shared live': 'masked',
  'transport LOC read assigned': 'allow',
  'investigator ID read assigned live': 'allow',
  'investigator ID read assigned expired': 'deny',
  'investigator ID read none broken': 'deny',
  'investigator HLT read shared live': 'deny',
  'investigator HLT read shared order': 'allow',
  'investigator INV share own-agency': 'allow',
  'prosecutor WIT read assigned': 'allow second-person',
  'supervisor SVC read own-agency': 'deny',
  'supervisor SVC read own-agency care': 'allow',
  'supervisor INV read own-agency police': 'allow',
  'supervisor SVC read none care broken': 'allow step-up',
  'supervisor ID read none broken': 'deny',
  'supervisor SVC read own-agency police live order': 'deny',
  'secretariat plan approve none': 'allow second-person',
  'secretariat aggregates export none': 'numbers',
  'analyst aggregates export none': 'numbers second-person',
  'analyst STA read assigned': 'masked',
  'trainer screening read assigned live': 'deny',
  'fund-officer SVC read shared live': 'masked',
  'fund-officer fund approve own-agency': 'allow second-person',
  'donor fund read none': 'numbers',
  'administrator keys update none': 'allow second-person',
  'administrator keys read none': 'deny',
  'data-protection-officer audit read none': 'allow',
  'data-protection-officer audit approve none': 'allow second-person',
  'data-protection-officer ID erase none': 'allow second-person',
  'data-protection-officer ID read none broken': 'deny',
  'decision-maker STA approve own-agency': 'allow second-person',
  'decision-maker ID read assigned': 'allow',
} as const satisfies Record<string, string>

const consents = ['live', 'expired', 'withdrawn', 'other-purpose'] as const

const tupleOf = (line: string): Tuple => {
  const [role, resource, action, relation, ...more] = line.split(' ')
  const consent = consents.find(one => more.includes(one)) ?? 'none'
  const agency = more.includes('care') ? 'care' : more.includes('police') ? 'police' : undefined
  return {
    ...({ role, resource, action, relation } as Pick<Tuple, 'role' | 'resource' | 'action' | 'relation'>),
    consent,
    breakGlass: more.includes('broken') ? 'live' : 'none',
    order: more.includes('order'),
    clinician: more.includes('clinician'),
    ...(agency && { agency }),
  }
}

for (const [line, answer] of Object.entries(WORKED))
  test(`${line}: ${answer}`, () => {
    const tuple = tupleOf(line)
    const { verdict, obligation } = expected(tuple)
    assert.equal(obligation === 'none' ? verdict : `${verdict} ${obligation}`, answer, why(tuple).join('\n'))
  })
