import pg from 'pg'
import { type Fence, openText } from '#platform/db/context.ts'
import { ceilingOf } from '#platform/policy/ceiling.ts'
import { listsFor, principalsOf, reasonsOf, tookOn } from './oracle.ts'
import { type Row, type Shown, tables } from './rows.ts'
import type { Stage } from './stage.ts'
import type { Compartment, Person } from './world.ts'

// The second fence by itself: raw SELECTs as samaan_app under the settings that the server sets, no policy above them.

const schemas = [
  'cases',
  'care',
  'health',
  'consent',
  'screening',
  'referrals',
  'directory',
  'justice',
  'situation',
  'tasks',
  'matching',
  'visits',
  'policy',
  'audit',
  'platform',
]

/** The settings of an actor's transaction, as the server's pipeline sets them: the most the role may ever see. */
export const fenceOf = (person: Person): Fence => ({
  user: person.account,
  principals: principalsOf(person),
  organisation: listsFor(person),
  compartments: ceilingOf[person.role],
  country: 'XSA',
  role: person.role,
})

/** How the truth is asked for what a rule needs to know of each row; `key` is the primary key as one text. */
interface TableFacts {
  readonly name: string
  readonly key: string
  readonly columns: ReadonlySet<string>
}
export async function tablesOf(truth: pg.Client): Promise<TableFacts[]> {
  const found = await truth.query(
    `select n.nspname || '.' || c.relname as name,
       (select string_agg(quote_ident(a.attname) || '::text', ' || '' '' || ' order by k.at)
        from pg_index i, unnest(i.indkey) with ordinality as k (no, at)
        join pg_attribute a on a.attnum = k.no
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid) as key,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname = any ($1) order by 1`,
    [schemas],
  )
  return found.rows.map(({ name, key, columns }) => ({ name, key, columns: new Set(columns) }))
}
const factOf: Readonly<Record<keyof Row, (name: string, columns: ReadonlySet<string>) => string | undefined>> = {
  case: (name, columns) => (name === 'cases.folder' ? 'id' : columns.has('case_id') ? 'case_id' : undefined),
  owner: (name, columns) =>
    name === 'justice.receipt' ? 'account_id' : ['principal', 'actor'].find(one => columns.has(one)),
  toPolice: name => ({ 'consent.record': 'to_police', 'justice.receipt': "(basis = 'consent')" })[name],
  referral: name => (name === 'referrals.referral' ? 'id' : undefined),
  screening: (name, columns) =>
    name === 'screening.screening' ? 'id' : columns.has('screening_id') ? 'screening_id' : undefined,
  interview: (name, columns) =>
    name === 'screening.interview' ? 'id' : columns.has('interview_id') ? 'interview_id' : undefined,
  organisation: (name, columns) =>
    /^(care\.|justice\.(lead|proceeding))/.test(name) && columns.has('organisation_id') ? 'organisation_id' : undefined,
  lead: (name, columns) =>
    name === 'justice.lead' ? 'id' : name.startsWith('justice.') && columns.has('lead_id') ? 'lead_id' : undefined,
  compartment: name => (name === 'cases.attachment' ? 'compartment' : undefined),
  event: name => (name === 'cases.timeline' ? 'event' : undefined),
  situation: name => (name.startsWith('situation.') ? `to_jsonb(${name.slice(10)})` : undefined),
  basis: (name, columns) => (name === 'policy.case_access' && columns.has('basis') ? 'basis' : undefined),
}

type Known = ReadonlyMap<string, ReadonlyMap<string, Row>>
/** Every row of every table with what the rules need to know of it, read as superuser. */
async function everyRow(stage: Stage): Promise<Known> {
  const known = new Map<string, ReadonlyMap<string, Row>>()
  for (const { name, key, columns } of await tablesOf(stage.truth)) {
    const facts = Object.entries(factOf).flatMap(([fact, of]) => {
      const column = of(name, columns)
      return column ? [`${column}::text as "${fact}"`] : []
    })
    const rows = await stage.truth.query(`select ${[`${key} as key`, ...facts].join(', ')} from ${name}`)
    known.set(name, new Map(rows.rows.map(({ key: id, ...row }) => [id, row])))
  }
  return known
}

/** What a person's raw SELECTs show, table by table, in one transaction with their settings. */
async function shown(
  app: pg.Client,
  person: Person,
  readable: readonly TableFacts[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>()
  await app.query(openText(fenceOf(person), false))
  try {
    for (const { name, key } of readable) {
      const rows = await app.query(`select ${key} as key from ${name}`)
      found.set(name, new Set(rows.rows.map(row => row.key)))
    }
    return found
  } finally {
    await app.query('rollback')
  }
}

interface RowDifference {
  readonly person: string
  readonly table: string
  readonly row: Row
  readonly key: string
  readonly expected: Shown
  readonly shown: boolean
}
/** Every row that one of these people sees and should not, or should and does not. Cases of no concern to the world are left out. */
export async function rowDifferences(stage: Stage): Promise<{ differences: RowDifference[]; compared: number }> {
  const app = new pg.Client({ connectionString: stage.harness.database.url('app') })
  await app.connect()
  try {
    const known = await everyRow(stage)
    const all = await tablesOf(stage.truth)
    // Where the application was granted nothing, nobody sees anything.
    const granted = await app.query(
      `select name from unnest($1::text[]) name where has_table_privilege(name, 'select')`,
      [all.map(one => one.name)],
    )
    const readable = all.filter(one => granted.rows.some(row => row.name === one.name))
    const differences: RowDifference[] = []
    let compared = 0
    for (const person of stage.world.people) {
      const seen = await shown(app, person, readable)
      for (const { name } of all) {
        const rule = tables[name]
        if (!rule) throw new Error(`the oracle has no rule for the rows of ${name}`)
        for (const [key, row] of known.get(name)!) {
          if (row.case !== undefined && !stage.world.cases.has(row.case) && row.owner === undefined) continue
          const expected = rule(stage.world, person, row)
          const shows = seen.get(name)?.has(key) ?? false
          compared += 1
          if (expected !== 'may' && (expected === 'must') !== shows)
            differences.push({ person: person.key, table: name, row, key, expected, shown: shows })
        }
      }
    }
    return { differences, compared }
  } finally {
    await app.end()
  }
}

const bits = { ID: 1, SVC: 2, HLT: 4, LOC: 8, INV: 16, WIT: 32, STA: 64 } as const satisfies Record<Compartment, number>
const maskOf = (compartments: Iterable<Compartment>): number =>
  [...compartments].reduce((mask, one) => mask | bits[one], 0)

/** The projection against the reasons: a row for each and no other. And where every referral stands. Differences, one a line. */
export async function projectionDifferences(stage: Stage): Promise<string[]> {
  const cases = [...stage.world.cases.values()]
  const ids = cases.map(one => one.id)
  const line = (...parts: unknown[]) => parts.join(' ')
  const told: string[] = []
  const compare = (what: string, got: readonly string[], should: readonly string[]) => {
    for (const one of got) if (!should.includes(one)) told.push(`${what} too much: ${one}`)
    for (const one of should) if (!got.includes(one)) told.push(`${what} missing: ${one}`)
  }
  const rows = await stage.truth.query('select * from policy.case_access where case_id = any ($1) and until > now()', [
    ids,
  ])
  compare(
    'access',
    rows.rows.map(one =>
      line(
        one.case_id,
        one.basis,
        one.principal,
        one.basis_id,
        one.compartments,
        one.shared,
        one.consent_id ?? '',
        one.accepted,
      ),
    ),
    cases.flatMap(one =>
      reasonsOf(stage.world, one).map(each =>
        line(
          one.id,
          each.basis,
          each.principal,
          each.id,
          maskOf(each.opens),
          maskOf(each.shared),
          each.consent ?? '',
          tookOn(stage.world, each),
        ),
      ),
    ),
  )
  const referrals = await stage.truth.query('select id, status from referrals.referral where case_id = any ($1)', [ids])
  compare(
    'referral',
    referrals.rows.map(one => line(one.id, one.status)),
    [...stage.world.referrals.values()].map(one => line(one.id, one.status)),
  )
  return told
}
