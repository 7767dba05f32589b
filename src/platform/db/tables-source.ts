import pg from 'pg'

type Column = {
  schema: string
  table: string
  column: string
  type: string
  kind: string
  element: string | null
  labels: string[] | null
  nullable: boolean
  filled: 'default' | 'always' | null
}

// What the driver makes of each type; whole numbers of 64 bits come as numbers by the parser set in context.ts.
const TYPES: Record<string, string> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  oid: 'number',
  float4: 'number',
  float8: 'number',
  timestamptz: 'Date',
  timestamp: 'Date',
  bytea: 'Buffer',
  json: 'unknown',
  jsonb: 'unknown',
  interval: 'unknown',
  record: 'unknown',
}

const WIDTH = 120
const pascal = (name: string): string =>
  name
    .split(/[^a-zA-Z0-9]+/)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
const property = (name: string): string => (/^[a-zA-Z_$][\w$]*$/.test(name) ? name : `'${name.replaceAll("'", "\\'")}'`)

function typeOf({ type, kind, element, labels, nullable, filled }: Column): string {
  const one = labels ? labels.map(label => `'${label}'`).join(' | ') : (TYPES[element ?? type] ?? 'string')
  let text = kind === 'array' ? (labels && labels.length > 1 ? `(${one})[]` : `${one}[]`) : one
  // `unknown` already holds null.
  if (nullable && text !== 'unknown') text += ' | null'
  if (filled === 'always') return `GeneratedAlways<${text}>`
  return filled ? `Generated<${text}>` : text
}

function line(column: Column): string {
  const text = `  ${property(column.column)}: ${typeOf(column)}`
  if (text.length <= WIDTH || !column.labels) return text
  return text.replace(/: /, ':\n    | ').replaceAll(' | ', '\n    | ').replace('\n\n', '\n')
}

async function columns(client: pg.Client): Promise<Column[]> {
  const answer = await client.query<Column>(`
    select n.nspname as schema, c.relname as table, a.attname as column, b.typname as type,
      case when b.typelem <> 0 and b.typlen = -1 then 'array' else b.typtype::text end as kind,
      e.typname as element,
      (select array_agg(l.enumlabel::text order by l.enumsortorder) from pg_enum l
        where l.enumtypid = case when b.typelem <> 0 and b.typlen = -1 then b.typelem else b.oid end) as labels,
      not (a.attnotnull or t.typnotnull) as nullable,
      case when a.attidentity = 'a' or a.attgenerated <> '' then 'always'
        when a.atthasdef or a.attidentity = 'd' or t.typdefault is not null then 'default' end as filled
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
      left join pg_type e on e.oid = b.typelem and b.typlen = -1
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss')
      and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by n.nspname collate "C", c.relname collate "C", a.attnum`)
  return answer.rows
}

/**
 * The source of tables.ts: an interface for each table and view as the query builder wants them, and `Tables`, which
 * names them all. Columns that the database fills are `Generated`.
 */
export async function tablesSource(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const rows = await columns(client).finally(() => client.end())
  const tables = new Map<string, Column[]>()
  for (const row of rows) {
    const name = `${row.schema}.${row.table}`
    tables.set(name, [...(tables.get(name) ?? []), row])
  }
  const wrappers = ['Generated', 'GeneratedAlways'].filter(name =>
    rows.some(row => row.filled === (name === 'Generated' ? 'default' : 'always')),
  )
  const parts = ['// Generated from the database after all migrations; do not edit.']
  if (wrappers.length) parts[0] += `\nimport type { ${wrappers.join(', ')} } from 'kysely'`
  for (const [name, list] of tables) parts.push(`export interface ${pascal(name)} {\n${list.map(line).join('\n')}\n}`)
  const all = [...tables.keys()].map(name => `  ${property(name)}: ${pascal(name)}`)
  parts.push(
    all.length ? `export interface Tables {\n${all.join('\n')}\n}` : 'export type Tables = Record<never, never>',
  )
  return `${parts.join('\n\n')}\n`
}
