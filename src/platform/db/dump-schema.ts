import pg from 'pg'
import { definitions, type Member, members, type Relation, type Right, relations, rights } from './schema-catalog.ts'

const by = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function grouped<T extends { of: string }>(rows: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(row.of, [...(groups.get(row.of) ?? []), row])
  return groups
}

/** `grant select, insert on table cases.folder to samaan_app`: one line for each holder, privileges in order. */
function grants(rows: Right[] | undefined): string[] {
  const lines = new Map<string, string[]>()
  for (const { what, privilege, column, holder, grantable } of rows ?? []) {
    const key = `${what} to ${holder}${grantable ? ' with grant option' : ''}`
    const right = privilege.toLowerCase() + (column ? ` (${column})` : '')
    lines.set(key, [...(lines.get(key) ?? []), right])
  }
  return [...lines].map(([key, list]) => `grant ${list.sort(by).join(', ')} on ${key};`).sort(by)
}

const block = (lines: string[]): string => `${lines.join('\n')}\n`

// Schemas, types, sequences and functions come before the tables; default privileges last.
const LAST = 4

function relationText(relation: Relation, parts: Member[], held: Right[] | undefined): string {
  const inside = parts.filter(part => part.inside)
  const after = parts.filter(part => !part.inside)
  const { of, kind, persistence, options, partition, parent, bound, rls, forced, definition, owner } = relation
  const lines: string[] = []
  if (kind === 'view' || kind === 'materialized view') {
    lines.push(`create ${kind} ${of}${options ? ` with (${options})` : ''} as\n${definition}`)
  } else {
    const unlogged = persistence === 'u' ? 'unlogged ' : ''
    const head = parent ? `create ${unlogged}table ${of} partition of ${parent} (` : `create ${unlogged}table ${of} (`
    const tail = [bound && ` ${bound}`, partition && ` partition by ${partition}`, options && ` with (${options})`]
    lines.push(head, inside.map(member => `  ${member.text}`).join(',\n'), `)${tail.filter(Boolean).join('')};`)
    if (rls) lines.push(`alter table ${of} enable row level security;`)
    if (forced) lines.push(`alter table ${of} force row level security;`)
  }
  if (owner) lines.push(`alter ${kind} ${of} owner to ${owner};`)
  lines.push(...after.map(member => `${member.text};`), ...grants(held))
  return block(lines.filter(line => line.trim()))
}

/**
 * The whole definition of our schemas as text that reads like SQL: the same for the same definition, whatever the order
 * or manner in which it came about. Leaves out the job queue's schema, what extensions bring, and all data.
 */
export async function dumpSchema(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // Without a search path every name comes out with its schema; the other two decide how constants are written.
    await client.query(
      "set search_path = ''; set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set bytea_output = 'hex'",
    )
    const tables = await relations(client)
    const partsOf = grouped(await members(client))
    const others = await definitions(client)
    const heldOf = grouped(await rights(client))
    const plain = (wanted: (rank: number) => boolean): string[] =>
      others.filter(one => wanted(one.rank)).map(one => block([one.text, ...grants(heldOf.get(one.of))]))
    const sections = [
      ...plain(rank => rank < LAST),
      ...tables.map(table => relationText(table, partsOf.get(table.of) ?? [], heldOf.get(table.of))),
      ...plain(rank => rank === LAST),
    ]
    return `-- The schema after all migrations. Generated; do not edit.\n\n${sections.join('\n')}`
  } finally {
    await client.end()
  }
}
