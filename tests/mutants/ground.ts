import type pg from 'pg'
import { isAccount, type Table } from './columns.ts'
import { abroad, laidCase, laidCases, me, police, unit } from './laid.ts'
import { extraId } from './laid-people.ts'
import { bit, type Row, type TableRules } from './place.ts'
import { layRows } from './rows.ts'
import { caseRules } from './rules-cases.ts'
import { healthRules } from './rules-health.ts'
import { otherRules } from './rules-others.ts'
import { roundRules } from './rules-rounds.ts'
import { situationRules } from './rules-situation.ts'
import { workRules } from './rules-work.ts'
import { policiesOf } from './sql.ts'
import type { Viewer } from './viewers.ts'

/** Stands in a row for the account of whoever asks. */
const somebody = '00000000-0000-7000-8000-00000000aaaa'
export const rules: Readonly<Record<string, TableRules>> = {
  ...healthRules,
  ...caseRules,
  ...otherRules,
  ...workRules,
  ...roundRules,
  ...situationRules,
}

export interface Candidate {
  readonly n: number
  /** The row that is changed, by its place; undefined where a row is added. */
  readonly old?: string
  readonly sets?: readonly string[]
  readonly row: Row
}
export interface Ground {
  readonly truth: pg.Client
  readonly tables: ReadonlyMap<string, Table>
  /** Rows by their place in the table. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Row>>
  readonly adds: ReadonlyMap<string, ReadonlyMap<number, Candidate>>
  readonly changes: ReadonlyMap<string, ReadonlyMap<number, Candidate>>
  /** What the roles were granted: `table role verb`, and the columns of what is granted by column. */
  readonly granted: ReadonlyMap<string, readonly string[]>
}
const roles = ['samaan_app', 'samaan_jobs'] as const
export const grantedTo = (ground: Ground, viewer: Viewer, table: string, verb: string): readonly string[] =>
  ground.granted.get(`${table} ${viewer.jobs ? roles[1] : roles[0]} ${verb}`) ?? []

/** Which columns of a row stand for whoever asks; most rows have none. */
const askers = new WeakMap<Row, readonly string[]>()
/** The row as it is for this person. */
export function asOf(viewer: Viewer, row: Row): Row {
  let names = askers.get(row)
  if (!names) {
    names = Object.keys(row).filter(name => row[name] === somebody)
    askers.set(row, names)
  }
  if (names.length === 0) return row
  const who = viewer.jobs ? null : viewer.user
  return { ...row, ...Object.fromEntries(names.map(name => [name, who])) }
}

/** The name of a table's rows to be tried, with the table's own last name, so that a policy's text can be asked of it. */
export const mirror = (table: string, what: 'add' | 'change'): string => {
  const [schema, name] = table.split('.')
  return `mutants_${what}_${schema}.${name}`
}

async function readGrants(truth: pg.Client, tables: readonly Table[]) {
  const granted = new Map<string, string[]>()
  for (const role of roles)
    for (const verb of ['select', 'insert', 'update', 'delete']) {
      const found = await truth.query(
        `select t, a.attname::text as name from unnest($1::text[]) t join pg_attribute a on a.attrelid = t::regclass and a.attnum > 0
           and not a.attisdropped
         where ${verb === 'delete' ? `has_table_privilege('${role}', t, 'delete')` : `has_column_privilege('${role}', t, a.attname, '${verb}')`}`,
        [tables.map(one => one.name)],
      )
      for (const { t, name } of found.rows) {
        const key = `${t} ${role} ${verb}`
        granted.set(key, [...(granted.get(key) ?? []), name])
      }
    }
  return granted
}

/** What a rule asks of other rows, said with the row. */
function withFacts(rows: ReadonlyMap<string, ReadonlyMap<string, Row>>) {
  const list = (table: string) => [...(rows.get(table)?.values() ?? [])]
  const byId = (table: string) => new Map(list(table).map(one => [one.id as string, one]))
  const interviews = byId('screening.interview')
  const devices = byId('sync.device')
  const services = byId('directory.service')
  const bodies = byId('directory.organisation')
  const consents = byId('consent.record')
  const group = (table: string, column: string) => Map.groupBy(list(table), one => one[column] as string)
  const shares = group('justice.lead_share', 'lead_id')
  const closed = group('justice.lead_closed', 'lead_id')
  const senders = group('referrals.referral', 'case_id')
  const rounds = byId('referrals.round')
  const taken = new Set(list('consent.record').map(one => one.withdraws))
  const inForce = (until: unknown) => until === null || new Date(until as string) > new Date()
  const agreements = Map.groupBy(
    list('consent.record').filter(
      one =>
        one.kind === 'given' &&
        (one.purposes as string[]).includes('services') &&
        ((one.compartments as number) & bit.HLT) !== 0 &&
        inForce(one.expires_at) &&
        !taken.has(one.id),
    ),
    one => one.case_id as string,
  )
  const notes = group('health.note', 'case_id')
  const notesById = byId('health.note')
  return (table: string, row: Row): Row => {
    if (table === 'screening.override') {
      const of = interviews.get(row.interview_id as string)
      return { ...row, of_author: of?.by_account, of_same_case: of?.case_id === row.case_id, of_case: of?.case_id }
    }
    if (table === 'directory.service') return { ...row, of_body: bodies.get(row.organisation_id as string) }
    if (table === 'directory.place')
      return { ...row, of_service: services.get(row.service_id as string)?.organisation_id }
    if (table === 'referrals.turn') return { ...row, of_round: rounds.get(row.round_id as string) }
    if (table === 'referrals.round' || table === 'referrals.referral') {
      const consent = consents.get(row.consent_id as string)
      return {
        ...row,
        of_consent: consent?.kind === 'given' && consent.case_id === row.case_id,
        of_consent_to_police: consent?.to_police === true,
        of_round: rounds.get(row.round_id as string),
      }
    }
    if (table === 'sync.parcel') return { ...row, of_device: devices.get(row.device_id as string) }
    if (table === 'consent.record') return { ...row, of_child: laidCase.get(row.case_id as string)?.child ?? false }
    if (table === 'health.note') return { ...row, of_agreed: agreements.get(row.case_id as string) }
    if (table === 'health.file') {
      const note = notesById.get(row.note_id as string)
      return { ...row, of_note: note, of_agreed: agreements.get(note?.case_id as string) }
    }
    if (table === 'cases.timeline')
      return {
        ...row,
        of_agreed: agreements.get(row.case_id as string),
        of_notes: notes.get(row.case_id as string),
        of_senders: (senders.get(row.case_id as string) ?? []).map(one => one.from_account),
      }
    if (table === 'files.held' || /^justice\.(lead(_|$)|proceeding)/.test(table)) {
      const lead = table === 'justice.lead' ? row.id : row.lead_id
      return {
        ...row,
        of_shares: (shares.get(lead as string) ?? []).map(one => ({
          account: one.account_id,
          over: one.ended_at !== null,
          source: one.source,
        })),
        of_closed: (closed.get(lead as string) ?? []).map(one => one.account_id),
      }
    }
    return row
  }
}

const thin = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : all.filter((_, at) => Math.floor((at * most) / all.length) !== Math.floor(((at - 1) * most) / all.length))

/** The row in the name of whoever asks: as author, as whom it is about, as both. */
function inNames(row: Row): Row[] {
  const authors = Object.keys(row).filter(one => isAccount(one) && one !== 'account_id')
  const subject = 'account_id' in row ? ['account_id'] : []
  const named = (columns: readonly string[]): Row => ({
    ...row,
    ...Object.fromEntries(columns.map(one => [one, somebody])),
  })
  const needed = authors.filter(one => row[one] !== null)
  const variants = [row]
  if (needed.length > 0) variants.push(named(needed))
  if (subject.length > 0) variants.push(named(subject))
  if (subject.length > 0 && needed.length > 0) variants.push(named([...needed, ...subject]))
  return variants
}

async function mirrored(truth: pg.Client, table: Table, what: 'add' | 'change', all: readonly Candidate[]) {
  const name = mirror(table.name, what)
  const [schema, last] = name.split('.')
  await truth.query(`create schema if not exists ${schema}; grant usage on schema ${schema} to samaan_app, samaan_jobs;
    create table ${schema}.${last}_rows as select 0 as n, t.* from ${table.name} t limit 0`)
  await truth.query(
    `insert into ${schema}.${last}_rows select (r).* from (select json_populate_recordset(null::${schema}.${last}_rows, $1) r) x`,
    [JSON.stringify(all.map(one => ({ ...one.row, n: one.n })))],
  )
  const columns = table.columns.map(({ name: column, type }) =>
    type === 'uuid' && isAccount(column)
      ? `case when "${column}" = '${somebody}' then nullif(current_setting('samaan.user', true), '')::uuid else "${column}" end as "${column}"`
      : `"${column}"`,
  )
  await truth.query(`create view ${name} as select n, ${columns.join(', ')} from ${schema}.${last}_rows;
    grant select on ${name} to samaan_app, samaan_jobs`)
}

// Most of what may be changed is asked of all rows at once, so of each change a few rows stand for the others.
/** Values that a change may bring: what the table's rows hold in this column, and whoever asks. */
function valuesOf(rows: readonly Row[], column: string): unknown[] {
  if (column === 'case_id') return laidCases.map(one => one.id)
  const seen = [...new Map(rows.map(one => [JSON.stringify(one[column]), one[column]])).values()].slice(0, 12)
  return isAccount(column) ? [somebody, ...seen.filter(one => one === null).slice(0, 1), ...seen.slice(0, 2)] : seen
}

export async function openGround(truth: pg.Client): Promise<Ground> {
  const tables = await layRows(truth)
  const granted = await readGrants(truth, tables)
  const policies = await policiesOf(truth)
  const bare = new Map<string, Map<string, Row>>()
  for (const { name } of tables) {
    const found = await truth.query(`select t.ctid::text as key, to_jsonb(t) as row from ${name} t`)
    bare.set(name, new Map(found.rows.map(one => [one.key, one.row])))
  }
  const facts = withFacts(bare)
  const rows = new Map(
    [...bare].map(([name, of]) => [name, new Map([...of].map(([key, row]) => [key, facts(name, row)]))]),
  )
  const adds = new Map<string, Map<number, Candidate>>()
  const changes = new Map<string, Map<number, Candidate>>()
  for (const table of tables) {
    const { name } = table
    const of = [...bare.get(name)!]
    const has = (verb: string) => roles.some(role => granted.has(`${name} ${role} ${verb}`))
    if (has('insert') && of.length > 0) {
      const templates = [...of.map(one => one[1]), ...further(name, of[0]![1])]
      const all = templates.flatMap(inNames).map((row, n) => ({ n, row: facts(name, row) }))
      adds.set(name, new Map(all.map(one => [one.n, one])))
      await mirrored(truth, table, 'add', all)
    }
    const updatable = new Set(roles.flatMap(role => granted.get(`${name} ${role} update`) ?? []))
    const checks = policies.filter(one => one.table === name && (one.command === 'update' || one.command === 'all'))
    const text = checks
      .map(one => one.check ?? one.using ?? '')
      .join(' ')
      .replace(/'[^']*'/g, "''")
    const open = table.columns
      .map(one => one.name)
      .filter(one => updatable.has(one) && new RegExp(`\\b${one}\\b`).test(text))
    if (updatable.size > 0 && of.length > 0 && checks.length > 0) {
      const values = of.map(one => one[1])
      const single = open.flatMap(column => valuesOf(values, column).map(value => [[column, value] as const]))
      const pairs = single.flatMap(([one], at) =>
        single
          .slice(at + 1)
          .flatMap(([other]) =>
            one![0] === other![0] || one![0] === 'case_id' || other![0] === 'case_id' ? [] : [[one!, other!]],
          ),
      )
      const sets = [...single, ...thin(pairs, 120)]
      const all: Candidate[] = []
      // A place by a referral bears its id, as one of another kind must not: these are asked besides.
      const most = Math.max(30, Math.floor(9000 / sets.length))
      const some = new Map(sets.length === 0 ? of : thin(of, most))
      for (const [old, row] of of) if (name === 'referrals.referral' && bears.has(row.id)) some.set(old, row)
      for (const [old, row] of some)
        for (const set of sets.length === 0 ? [[]] : sets) {
          const changed = { ...row, ...Object.fromEntries(set) }
          all.push({ n: all.length, old, sets: set.map(one => one[0]), row: facts(name, changed) })
        }
      changes.set(name, new Map(all.map(one => [one.n, one])))
      await mirrored(truth, table, 'change', all)
    }
  }
  await truth.query('analyze')
  return { truth, tables: new Map(tables.map(one => [one.name, one])), rows, adds, changes, granted }
}

const bears = new Set<unknown>(
  laidCases.filter(one => /^(share (unit|clinic|shelter)|holder unit$)/.test(one.name)).map(one => one.id),
)
const someday = '2026-01-01T00:00:00Z'
/** A case as it begins, at the police. */
const begun = {
  ...{ country: 'XSA', agency: police, status: 'new', identification: 'none', made_by: me('kofi') },
  ...{ holder: null, coordinator: null, opened_at: null, due_at: null, guarded: false },
}
/** Roles and accounts that nobody has, to be tried. */
function further(table: string, first: Row): Row[] {
  if (table === 'justice.lead')
    return [
      {},
      { country: 'XSB' },
      { status: 'in-work' },
      { status: 'closed' },
      { investigator: me('petra') },
      { investigator: me('vasco') },
    ].map(more => ({ ...first, organisation_id: police, country: 'XSA', status: 'open', investigator: null, ...more }))
  if (table === 'cases.folder')
    return [
      ...[{}, { status: 'opened' }, { identification: 'pending' }, { coordinator: me('dalia') }, { holder: unit }],
      ...[{ opened_at: someday }, { due_at: someday }, { country: 'XSB' }, { agency: unit }, { agency: abroad }],
    ].map(more => ({ ...first, ...begun, ...more }))
  if (table !== 'auth.assignment') return []
  const all: Row[] = []
  const light = ['secretariat', 'analyst', 'trainer', 'fund-officer', 'donor', 'data-protection-officer']
  for (const role of ['intake', 'administrator', 'officer', 'coordinator', 'provider', 'investigator', ...light])
    for (const confirmed_at of [null, '2026-01-01T00:00:00Z'])
      for (const confirmed_by of [null, somebody])
        for (const refused of [null, 'other'])
          for (const country of ['XSA', 'XSB'])
            for (const organisation_id of [unit, abroad])
              all.push({
                id: `00000000-0000-7000-8000-0000000f${all.length.toString(16).padStart(4, '0')}`,
                account_id: extraId('stranger'),
                organisation_id,
                role,
                country,
                until: 'infinity',
                granted_by: me('kofi'),
                granted_at: '2026-01-01T00:00:00Z',
                ended_by: null,
                confirmed_at,
                confirmed_by,
                refused,
              })
  return all
}
