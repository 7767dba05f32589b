import { asOf, type Candidate, type Ground } from './ground.ts'
import { isSaid, judged } from './judged.ts'
import { laidCase } from './laid.ts'
import type { Row } from './place.ts'
import { type Viewer, viewers } from './viewers.ts'

// Rows as they are told of, and the changes that are tried on all of them at once.

export const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = Array.isArray(value)
    ? `{${value.join(',')}}`
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
  return `'${text.replaceAll("'", "''")}'`
}
export const short = (row: Row) => {
  const one = laidCase.get((row.case_id ?? row.id) as string)
  const facts = Object.entries(row).filter(
    ([name, value]) => value !== null && !/sealed|_id$|^id$|about|answers/.test(name),
  )
  return `${one ? `“${one.name}” ` : ''}${facts
    .slice(0, 8)
    .map(([name, value]) => `${name}=${literal(value).slice(0, 40)}`)
    .join(' ')}`
}
export const said = (ground: Ground, table: string, key: string) => short(ground.rows.get(table)!.get(key)!)

/** Changes of everything at once, without asking which rows: those that touch nothing that decides, and those in order. */
export function blind(ground: Ground, table: string, viewer: Viewer, columns: readonly string[]) {
  const { decisive, columns: all } = ground.tables.get(table)!
  const rows = ground.rows.get(table)!.values()
  const found: { sets: Record<string, unknown>; text: string }[] = []
  const add = (sets: Record<string, unknown>) =>
    found.push({
      sets,
      text: `update ${table} set ${Object.entries(sets)
        .map(([name, value]) => `"${name}" = ${literal(value)}`)
        .join(', ')}`,
    })
  const isKey = (name: string) => all.find(one => one.name === name)!.key
  // One that no policy speaks of, or at least none of changes.
  const asked = new Set([...(ground.changes.get(table)?.values() ?? [])].flatMap(one => one.sets!))
  const idle =
    columns.find(one => !decisive.includes(one) && !isKey(one)) ?? columns.find(one => !asked.has(one) && !isKey(one))
  if (idle) add({ [idle]: rows.next().value?.[idle] ?? null })
  for (const one of inOrder(ground, table))
    if (one.sets!.every(each => columns.includes(each) && !isKey(each))) {
      const own = asOf(viewer, one.row)
      add(Object.fromEntries(one.sets!.map(each => [each, own[each]])))
    }
  return found
}
const kept = new WeakMap<Ground, Map<string, readonly Candidate[]>>()
/** For everybody the first changes that leave some row as somebody like them may leave it. */
function inOrder(ground: Ground, table: string): readonly Candidate[] {
  const of = kept.get(ground) ?? new Map<string, readonly Candidate[]>()
  kept.set(ground, of)
  const before = of.get(table)
  if (before) return before
  const found = new Map<string, Candidate>()
  for (const viewer of viewers) {
    let times = 0
    for (const one of ground.changes.get(table)?.values() ?? []) {
      if (times >= 2 || found.size >= 12) break
      if (one.sets!.length === 0 || !judged(viewer, table, 'leave', one.row)) continue
      const key = JSON.stringify(one.sets!.map(each => [each, one.row[each]]))
      if (!found.has(key)) times += 1
      found.set(key, one)
    }
  }
  of.set(table, [...found.values()])
  return of.get(table)!
}

/** Changes that somebody may make of a row that they see, one of each kind: by what names them in it, and what it becomes. */
export function oneOfEach(
  ground: Ground,
  table: string,
  viewer: Viewer,
  candidates: ReadonlyMap<number, Candidate>,
  columns: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Candidate[] {
  const { decisive } = ground.tables.get(table)!
  const whose = (value: unknown) =>
    value === viewer.user ? 'me' : viewer.principals.includes(value as string) ? 'ours' : ''
  const found = new Map<string, Candidate>()
  for (const one of candidates.values()) {
    if (one.sets!.length === 0 || !one.sets!.every(each => columns.has(each)) || !seen.has(one.old!)) continue
    const old = ground.rows.get(table)!.get(one.old!)!
    const kind = [
      ...decisive.map(each => whose(old[each])),
      ...one.sets!.map(each => `${each}=${one.row[each]}`),
    ].join()
    if (found.has(kind)) continue
    if (!isSaid(viewer, table, one.row, 'write') || !judged(viewer, table, 'reach', old)) continue
    if (judged(viewer, table, 'leave', one.row) && judged(viewer, table, 'see', one.row)) found.set(kind, one)
  }
  return [...found.values()].slice(0, 24)
}

interface AtOnce {
  readonly what: string
  readonly text: string
  readonly rows: number
}
/** All that is seen, at once: what is not for them to reach stays as it is, and each change is made of all that may be left so. */
export function atOnce(
  ground: Ground,
  table: string,
  viewer: Viewer,
  candidates: ReadonlyMap<number, Candidate>,
  columns: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): AtOnce[] {
  const rows = ground.rows.get(table)!
  const told = [...seen].filter(key => isSaid(viewer, table, rows.get(key)!, 'write'))
  const reached = new Set(told.filter(key => judged(viewer, table, 'reach', rows.get(key)!)))
  const update = (what: string, sets: string, keys: readonly string[], expected: number): AtOnce[] =>
    keys.length === 0
      ? []
      : [
          {
            ...{ what, rows: expected },
            text: `update ${table} set ${sets} where ctid = any ('{${keys.map(key => `"${key}"`).join(',')}}'::tid[])`,
          },
        ]
  const singles = new Map<string, Row>()
  for (const { sets, row } of candidates.values()) {
    const [column, ...more] = sets!
    if (column === undefined || more.length > 0 || !columns.has(column)) continue
    singles.set(JSON.stringify([column, row[column]]), { [column]: asOf(viewer, row)[column] })
  }
  const { decisive, columns: all } = ground.tables.get(table)!
  const key = (name: string) => all.find(one => one.name === name)!.key
  const idle = [...columns].find(one => !decisive.includes(one) && !key(one)) ?? [...columns].find(one => !key(one))
  const theirs = [...singles.values()].flatMap(sets => {
    const left = [...reached].filter(one => {
      const row = { ...rows.get(one)!, ...sets }
      return judged(viewer, table, 'leave', row) && judged(viewer, table, 'see', row)
    })
    const [[name, value]] = Object.entries(sets) as [[string, unknown]]
    return update(`${name}=${value}`, `"${name}" = ${literal(value)}`, left, left.length)
  })
  const others = told.filter(one => !reached.has(one))
  return [...(idle ? update('what is not theirs', `"${idle}" = "${idle}"`, others, 0) : []), ...theirs]
}
