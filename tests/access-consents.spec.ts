import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '#platform/crypto/random.ts'
import { accountId, type PersonKey } from '../tools/demonstration/people.ts'
import { richWorld } from './oracle/rich.ts'
import { openStage, type Stage, shelter, unit } from './oracle/stage.ts'
import { agree, openWrites, shareOn, type Writes } from './oracle/writes.ts'

// The consent ledger past the server: who could share, and write in the ledger, with the application's own connection.
let stage: Stage
let named: ReadonlyMap<string, string>
let writes: Writes
before(async () => {
  stage = await openStage()
  named = await richWorld(stage)
  writes = await openWrites(stage, named)
})
after(async () => {
  await writes?.app.end()
  await stage?.close()
})
const nobody: Writes['nobody'] = (...asked) => writes.nobody(...asked)
const tried: Writes['tried'] = (...asked) => writes.tried(...asked)
const zero = (wrong: readonly string[]) =>
  assert.ok(wrong.length === 0, `${wrong.length} differences\n${wrong.join('\n')}`)

test('nothing is shared without a consent of the case that stands, names the receiver and agreed to all of it', async () => {
  const mine = named.get('screened')!
  const other = named.get('consented')!
  const yes = async (change: Partial<Parameters<typeof agree>[1]> = {}) => {
    const id = uuidv7()
    await agree(stage.truth, { id, case: mine, recipients: [shelter], ...change })
    return id
  }
  const shares = (on: string, mask = 65, told = 0) => tried('marisol', shareOn, [shelter, mine, mask, told, on])
  const withdrawn = await yes()
  await stage.truth.query(
    `insert into consent.record (id, case_id, kind, withdraws, text_version, language, interpreter, explained_by, given_by, form, said_at)
     values ($1, $2, 'withdrawn', $3, 'withdrawing-1', 'es', 'none', $4, 'person', 'written', now())`,
    [uuidv7(), mine, withdrawn, accountId('marisol')],
  )
  const got = {
    'one that stands': await shares(await yes()),
    'one that stands, for identification': await shares(await yes(), 67, 67),
    'none at all': await shares(uuidv7()),
    withdrawn: await shares(withdrawn),
    'run out': await shares(await yes({ over: true })),
    'of another case': await shares(await yes({ case: other })),
    'names another': await shares(await yes({ recipients: [unit] })),
    'to coded data only': await shares(await yes({ compartments: 64 })),
    'withheld from the receiver': await shares(await yes({ withhold: [{ recipient: shelter, compartments: 1 }] })),
    'withheld from another': await shares(await yes({ withhold: [{ recipient: unit, compartments: 1 }] })),
    'to identification, for a service': await shares(await yes({ purposes: ['identification'] })),
    'to services, for identification': await shares(await yes({ purposes: ['services'] }), 65, 65),
  }
  const refused = '42501'
  assert.deepEqual(got, {
    'one that stands': 1,
    'one that stands, for identification': 1,
    'none at all': refused,
    withdrawn: refused,
    'run out': refused,
    'of another case': refused,
    'names another': refused,
    'to coded data only': refused,
    'withheld from the receiver': refused,
    'withheld from another': 1,
    'to identification, for a service': refused,
    'to services, for identification': refused,
  })
})

test('who was asked and has not accepted writes nothing in the ledger, and who gives a service does not name themselves', async () => {
  const records = `insert into consent.record (id, case_id, kind, text_version, language, interpreter, explained_by, given_by, form, purposes, recipients, compartments, said_at)
    values ($1, $2, 'given', 'sharing-1', 'es', 'none', $3, 'person', 'written', '{services}', array[$4::uuid], 65, now())`
  const withdraws = `insert into consent.record (id, case_id, kind, withdraws, text_version, language, interpreter, explained_by, given_by, form, said_at)
    values ($1, $2, 'withdrawn', $4, 'withdrawing-1', 'es', 'none', $3, 'person', 'written', now())`
  const writesOn = async (by: PersonKey, name: string, to: string) => {
    const id = named.get(name)!
    const given = stage.world.cases.get(id)!.consents[0]!.id
    return [
      await tried(by, records, [uuidv7(), id, accountId(by), to]),
      await tried(by, withdraws, [uuidv7(), id, accountId(by), given]),
    ]
  }
  assert.deepEqual(await writesOn('celeste', 'to the shelter', unit), ['42501', '42501'])
  assert.deepEqual(await writesOn('tobias', 'sent', shelter), ['42501', '42501'])
  assert.deepEqual(await writesOn('ines', 'accepted', shelter), ['42501', '42501'])
  assert.deepEqual(await writesOn('celeste', 'of Dalia', unit), [1, 1])
  assert.deepEqual(await writesOn('celeste', 'of Dalia', shelter), ['42501', 1])
  assert.deepEqual(await writesOn('tobias', 'accepted', shelter), [1, 1])
  const bed = [...stage.world.referrals.values()].find(one => one.case === named.get('to the shelter'))!
  const accepts = 'select policy.accept($1::uuid, $2::uuid, $3::uuid)'
  zero(await nobody('accepts by a function what was not answered', accepts, () => [shelter, bed.case, bed.id]))
})
