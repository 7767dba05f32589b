import type pg from 'pg'
import { stableId } from '../../tools/demonstration/people.ts'
import { abroad, clinic, here, type LaidCase, legalAid, me, police, shelter, there, unit } from './laid.ts'
import { extraId } from './laid-people.ts'
import type { Value, Values } from './rows-written.ts'
import { policiesOf } from './sql.ts'

// What the columns of a table may hold, by what its policies speak of: a table that comes later is laid down with them.

export interface Column {
  readonly name: string
  readonly type: string
  readonly key: boolean
  readonly needed: boolean
  readonly filled: boolean
}
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** Columns that a policy of the table speaks of. */
  readonly decisive: readonly string[]
  /** Words that a policy compares a column with. */
  readonly words: ReadonlyMap<string, readonly string[]>
}

export async function tablesWithPolicies(truth: pg.Client): Promise<Table[]> {
  const policies = await policiesOf(truth)
  const found = await truth.query(
    `select format('%I.%I', n.nspname, c.relname) as name,
       json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'needed', a.attnotnull,
         'filled', a.atthasdef, 'key', exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary
           and a.attnum = any (i.indkey))) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and format('%I.%I', n.nspname, c.relname) = any ($1) group by 1 order by 1`,
    [policies.map(one => one.table)],
  )
  return found.rows.map(({ name, columns }: { name: string; columns: Column[] }) => {
    const text = policies.flatMap(one => (one.table === name ? [one.using ?? '', one.check ?? ''] : [])).join('\n')
    const bare = text.replace(/'[^']*'/g, "''")
    const decisive = columns.map(one => one.name).filter(one => new RegExp(`\\b${one}\\b`).test(bare))
    const words = new Map(
      decisive.map(column => {
        const compared = new RegExp(`\\b${column} (?:=|<>|!~~) (?:ANY \\(|ALL \\()?(?:ARRAY\\[)?('[^)\\]]*)`, 'g')
        const cases = new RegExp(`CASE ${column} (.*?) END`, 'g')
        const said = [...text.matchAll(compared), ...text.matchAll(cases)].flatMap(one =>
          [...one[1]!.matchAll(/'([\w.%-]+)'::text/g)].map(each => each[1]!.replace('%', 'told')),
        )
        return [column, [...new Set(said)]] as const
      }),
    )
    return { name, columns, decisive, words }
  })
}

const organisations = [police, shelter, clinic, unit, abroad, legalAid]
const accountColumns = new Set(
  ['account_id', 'actor', 'actor_id', 'from_account', 'explained_by', 'asked_by', 'granted_by'].concat(
    ['by_account', 'made_by', 'confirmed_by', 'created_by', 'decided_by', 'ended_by', 'published_by', 'revoked_by'],
    ['withdrawn_by', 'second_by', 'settled_by', 'marked_by', 'reviewed_by', 'told_by', 'agreed_by', 'answered_by'],
    ['seen_by', 'undone_by', 'first_by', 'finished_by'],
  ),
)
export const isAccount = (column: string): boolean => accountColumns.has(column)
const roles = ['officer', 'intake', 'coordinator', 'provider', 'administrator']
const isOrganisation = (column: string) => /(^|_)organisation(_id)?$|^(holder|agency)$/.test(column)
const some = [
  'kofi',
  'marisol',
  'tobias',
  'dalia',
  'celeste',
  'petra',
  'leonie',
  'odette',
  'silas',
  'wren',
  'jonah',
  'amara',
] as const

/** Who assesses, and somebody of each of the roles beside them. */
const office = ['selma', 'teo', 'tobias', 'jonah'] as const

/** What a column may hold; the first is what it holds where it is not the question. */
function domain(table: Table, { name: column, type, needed }: Column, of: LaidCase | undefined): Value[] {
  const words = table.words.get(column) ?? []
  const none: Value[] = needed ? [] : [null]
  const first = first_[`${table.name}.${column}`]
  const values = ((): Value[] => {
    if (column === 'country') return [of?.country ?? here, there]
    if (column === 'version') return [1, 2]
    if (column === 'role' && words.length === 0) return ['supervisor', ...roles]
    if (column === 'compartments' && type === 'integer') return [127, 65]
    if (column === 'account_id' && /^auth\.(invitation|session)$/.test(table.name))
      return [
        ...(
          ['newcomer', 'volunteer', 'veteran', 'settled', 'stranger', 'foreigner', 'leaver', 'unplaced'] as const
        ).map(extraId),
        ...(['resident', 'commuter', 'returner', 'traveller', 'hopeful', 'guest', 'applicant'] as const).map(extraId),
        ...(['tobias', 'kofi', 'odette', 'silas'] as const).map(me),
      ]
    if (type === 'uuid' && isAccount(column))
      return [...(needed ? [] : [null]), ...(table.name.startsWith('situation.') ? office : some).map(me)]
    if (type === 'uuid' && isOrganisation(column)) {
      const principal = of?.places.find(one => organisations.includes(one.principal))?.principal ?? police
      const given = of?.places.some(one => one.principal === principal) ?? false
      const rest = organisations.filter(one => one !== principal)
      return given ? [principal, ...none, ...rest] : [...none, principal, ...rest]
    }
    if (type === 'uuid') return [...none, stableId(`${table.name} ${column}`)]
    if (type === 'uuid[]') return [[], [me('petra')], [shelter], [clinic, me('tobias')]] as unknown as Value[]
    if (type.endsWith('[]'))
      return (table.name === 'consent.record' && column === 'purposes'
        ? [[], ['prosecution']]
        : [[]]) as unknown as Value[]
    if (type === 'boolean') return [false, true]
    if (/^timestamp|^date$/.test(type)) return [...none, '2126-01-01T00:00:00Z', '2026-01-01T00:00:00Z']
    if (type === 'jsonb') return ['{}']
    if (type === 'bytea') return [...none, '\\x00']
    if (/^(integer|bigint|double precision|numeric)$/.test(type)) return [...none, 1]
    return [...words, 'other', ...none]
  })()
  return first === undefined ? values : [first, ...values.filter(one => one !== first)]
}
const first_: Readonly<Record<string, Value>> = {
  'consent.record.kind': 'given',
  'consent.record.given_by': 'person',
  'consent.record.explained_by': me('dalia'),
  'justice.lead.status': 'open',
  'referrals.referral.kind': 'service',
  'referrals.referral.status': 'sent',
  'referrals.referral.decline_reason': null,
  'referrals.referral.from_organisation': unit,
}

/** One row by one row: the plain one, then each of its columns changed, then two at a time where that is asked. */
export function variations(table: Table, of: LaidCase | undefined, how: 'plain' | 'singly' | 'in pairs'): Values[] {
  const columns = table.columns.filter(one => one.name !== 'id' && one.name !== 'case_id')
  const plain: Values = {}
  for (const one of columns)
    if (one.needed || table.decisive.includes(one.name)) {
      if (one.filled && !table.decisive.includes(one.name)) continue
      plain[one.name] = domain(table, one, of)[0]!
    }
  if (how === 'plain') return [plain]
  const changes = columns
    .filter(one => table.decisive.includes(one.name))
    .flatMap(one =>
      domain(table, one, of)
        .slice(1)
        .map(value => ({ name: one.name, value })),
    )
  const rows = [plain, ...changes.map(({ name, value }) => ({ ...plain, [name]: value }))]
  if (how === 'in pairs')
    for (const [at, one] of changes.entries())
      for (const other of changes.slice(at + 1))
        if (other.name !== one.name) rows.push({ ...plain, [one.name]: one.value, [other.name]: other.value })
  return rows
}
export const most = 500
export const mostOf = (table: Table): number => (caseColumn(table) ? most : 4 * most)
export const thinned = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : all.filter((_, at) => Math.floor((at * most) / all.length) !== Math.floor(((at - 1) * most) / all.length))

export const caseColumn = (table: Table): string | undefined =>
  table.name === 'cases.folder' ? 'id' : table.columns.find(one => one.name === 'case_id')?.name
