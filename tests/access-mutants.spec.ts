import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { globSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { accountId, organisationId } from '../tools/demonstration/people.ts'
import { type TestDatabase, testDatabase } from './harness/cluster.ts'
import { reasonFor } from './mutants/equivalents.ts'
import { rules } from './mutants/ground.ts'
import { type End, judgePolicy, openPolicies } from './mutants/kill.ts'
import { openJudges } from './mutants/run-source.ts'
import { root, sourceMutants } from './mutants/source.ts'
import { sqlMutants } from './mutants/sql.ts'
import { beginAs, viewers } from './mutants/viewers.ts'

// Is there any change of an access rule that nothing would notice? The same sample of each here; with SAMAAN_FULL=1 every
// mutant, 4,569 of policies and 2,130 of rules when this was written, of which none may survive. SAMAAN_SEED=<number> takes
// another sample, SAMAAN_MUTANTS=<number> makes it so many times as large.
const full = process.env.SAMAAN_FULL === '1'
const seed = Number(process.env.SAMAAN_SEED ?? 20_261_122)
const times = Number(process.env.SAMAAN_MUTANTS ?? 1)
/** In the order of the seed; none is left out of a full pass. */
function drawn<T extends { readonly name: string }>(all: readonly T[]): readonly T[] {
  if (full) return all
  const place = ({ name }: T) => createHash('sha256').update(`${seed} ${name}`).digest('hex')
  // That the listed ones change nothing takes asking everybody everything: the full pass does.
  return all.filter(one => reasonFor(one.name) === undefined).sort((a, b) => (place(a) < place(b) ? -1 : 1))
}
type Ends = Map<string, End>
const enough = (ends: Ends, killed: number) =>
  !full && [...ends.values()].filter(one => one.end === 'killed').length >= killed * times
/** Says how many there were, names each that changes nothing with why, and fails for each that nobody noticed. */
function summed(t: { diagnostic: (text: string) => void }, what: string, ends: Ends): void {
  const of = (end: End['end']) => [...ends].filter(([, one]) => one.end === end)
  const counts = `${of('killed').length} killed, ${of('equivalent').length} equivalent, ${of('invalid').length} invalid`
  t.diagnostic(`${ends.size} mutants of ${what}, seed ${seed}: ${counts}, ${of('survived').length} survived`)
  for (const [name, one] of of('equivalent')) if ('why' in one) t.diagnostic(`changes nothing: ${name}: ${one.why}`)
  const left = of('survived').map(([name, one]) => `${name}: ${'why' in one ? one.why : ''}`)
  assert.ok(left.length === 0, `${left.length} survived\n${left.join('\n')}`)
}

const judges = openJudges()
let made: TestDatabase
let truth: pg.Client
let policies: Awaited<ReturnType<typeof openPolicies>>
let generated: Awaited<ReturnType<typeof sqlMutants>>
before(async () => {
  made = await testDatabase()
  truth = new pg.Client({ connectionString: made.url('super') })
  await truth.connect()
  generated = await sqlMutants(truth)
  policies = await openPolicies(truth)
})
after(async () => {
  judges.close()
  await truth.end()
  await made.drop()
})

test('every table with a policy has rules in words, and every name of one that changes nothing is a mutant', () => {
  const tables = [...policies.ground.tables.keys()]
  assert.deepEqual(
    tables.filter(one => !(one in rules)),
    [],
  )
  assert.ok(generated.some(one => reasonFor(one.name) !== undefined))
})

const verbs = ['reads', 'adds', 'changes', 'removes'] as const
test('as it is, everybody sees and writes what the rules say, row by row', { skip: !full }, async () => {
  for (const table of policies.ground.tables.keys())
    for (const verb of verbs) assert.equal(await policies.probes[verb](table), undefined)
})

test("a supervisor's role opens leads and devices of its house once a second person confirmed it", async () => {
  const silas = viewers.find(one => one.name === 'silas')!
  const seen = async () => {
    const found: number[] = []
    await truth.query('set local role samaan_app')
    for (const table of ['justice.lead', 'justice.lead_share', 'justice.proceeding_step', 'sync.device']) {
      const text = `select 1 from ${table} t where organisation_id = $1 and to_jsonb(t) ->> 'account_id' is distinct from $2`
      found.push((await truth.query(text, [organisationId('police'), accountId('silas')])).rowCount!)
    }
    await truth.query('reset role')
    return found
  }
  await truth.query(beginAs(silas))
  try {
    assert.deepEqual(await seen(), [0, 0, 0, 0])
    const role = await truth.query(
      `insert into auth.assignment (id, account_id, organisation_id, role, country, confirmed_at)
       values (gen_random_uuid(), $1, $2, 'supervisor', 'XSA', null) returning id`,
      [accountId('silas'), organisationId('police')],
    )
    assert.deepEqual(await seen(), [0, 0, 0, 0])
    await truth.query('update auth.assignment set confirmed_at = now() where id = $1', [role.rows[0].id])
    assert.ok((await seen()).every(rows => rows > 0))
  } finally {
    await truth.query('rollback')
  }
})

test('a change of a policy is noticed by what somebody sees or may write', { timeout: 3_600_000 }, async t => {
  const ends: Ends = new Map()
  for (const one of drawn(generated)) {
    if (enough(ends, 120)) break
    ends.set(one.name, await judgePolicy(policies.ground, policies.probes, one))
  }
  summed(t, `${generated.length} of policies`, ends)
})

test('a change of a rule of the server is noticed by the second statement of it', { timeout: 3_600_000 }, async t => {
  const files = [
    ...globSync('src/{capabilities,platform}/*/policy.ts', { cwd: root }).sort(),
    ...['access', 'bodies', 'ceiling', 'compartments', 'decide', 'roles'].map(one => `src/platform/policy/${one}.ts`),
  ]
  const all = sourceMutants(files)
  assert.equal(await judges.judge(), undefined, 'the rules as they are')
  const ends: Ends = new Map()
  for (const one of drawn(all)) {
    if (enough(ends, 40)) break
    const by = await judges.judge(one)
    const why = reasonFor(one.name)
    if (by) ends.set(one.name, { end: 'killed', by })
    else ends.set(one.name, why ? { end: 'equivalent', why } : { end: 'survived', why: 'nothing differed' })
  }
  summed(t, `${all.length} of rules of the server`, ends)
})
