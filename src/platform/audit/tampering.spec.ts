import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { atTheFirst350, openAuditLog } from '../../../tests/harness/audit-log.ts'

const log = await openAuditLog()
const { changed, expectBad, verify } = log
after(log.stop)

const bodyByte = (leaf: number, place: number) =>
  `update audit.event set body = overlay(body placing chr(ascii(substr(body, ${place + 1}, 1)) # 1) from ${place + 1} for 1)
   where leaf_no = ${leaf}`
/** Everything from one leaf on moves up by one, and an event that never was stands in between. */
const inserted = (leaf: number) => [
  'alter table audit.event drop constraint if exists event_leaf_no_check',
  `update audit.event set leaf_no = -leaf_no - 1000 where leaf_no >= ${leaf}`,
  'update audit.event set leaf_no = -leaf_no - 1000 + 1 where leaf_no < 0',
  `insert into audit.event (id, at, case_id, actor_id, operation, body, leaf_no)
   select gen_random_uuid(), at, case_id, actor_id, operation, body, ${leaf} from audit.event
   where leaf_no = ${leaf === 0 ? 1 : 0}`,
]
const swapped = (a: number, b: number) => [
  `update audit.event set leaf_no = 9999 where leaf_no = ${a}`,
  `update audit.event set leaf_no = ${a} where leaf_no = ${b}`,
  `update audit.event set leaf_no = ${b} where leaf_no = 9999`,
]
/** A leaf near this one that found something by a search: the second of each three in a write of 35. */
const finder = (leaf: number) => Math.floor(leaf / 35) * 35 + Math.min(Math.floor((leaf % 35) / 3) * 3 + 1, 34)
const tamperings = {
  byte: { sql: (a: number, _b: number, place: number) => [bodyByte(a, place)], bad: (a: number) => a },
  deleted: { sql: (a: number) => [`delete from audit.event where leaf_no = ${a}`], bad: (a: number) => a },
  inserted: { sql: inserted, bad: (a: number) => a },
  copied: {
    sql: (a: number, b: number) => [
      `update audit.event e set body = o.body from audit.event o where e.leaf_no = ${a} and o.leaf_no = ${b}`,
    ],
    bad: (a: number) => a,
  },
  swapped: { sql: swapped, bad: (a: number, b: number) => Math.min(a, b) },
  truncated: { sql: (a: number) => [`delete from audit.event where leaf_no >= ${a}`], bad: (a: number) => a },
  'rolled-back': { sql: () => atTheFirst350, bad: () => 350 },
  concern: {
    sql: (a: number, b: number) =>
      [
        (of: string) => `delete from audit.concern where ${of}`,
        (of: string) => `update audit.concern set how = 'history' where ${of}`,
        (of: string) => `update audit.concern set case_id = gen_random_uuid() where ${of}`,
      ].map((make, at) =>
        at === b % 3 ? make(`event_id = (select id from audit.event where leaf_no = ${finder(a)})`) : 'select 1',
      ),
    bad: finder,
  },
  tile: {
    sql: (a: number, _b: number, place: number) => [
      `update audit.tile set hashes = set_byte(hashes, ${(a % 188) * 32 + (place % 32)}, get_byte(hashes, ${(a % 188) * 32 + (place % 32)}) # 1)
       where level = 0 and no = ${Math.min(2, Math.floor(a / 256))}`,
    ],
    bad: (a: number) => 256 * Math.min(2, Math.floor(a / 256)) + (a % 188),
  },
} as const
const full = process.env.SAMAAN_FULL === '1'

test(`${full ? '10,000' : 'some'} random tamperings of nine kinds are all found, and where they begin`, async t => {
  await log.of700()
  const found: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      fc.nat(699),
      fc.nat(698),
      fc.nat(300),
      fc.constantFrom(...(Object.keys(tamperings) as (keyof typeof tamperings)[])),
      async (a, n, place, kind) => {
        const b = (a + 1 + n) % 700
        const { sql, bad } = tamperings[kind]
        await changed([...sql(a, b, place)], async () => void (await expectBad(bad(a, b), '.*')))
        found[kind] = (found[kind] ?? 0) + 1
      },
    ),
    { numRuns: full ? 10_000 : 60, endOnFailure: full },
  )
  t.diagnostic(
    Object.entries(found)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
  )
  assert.equal((await verify()).ok, true)
})
