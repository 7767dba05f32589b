import { atOnce, blind, literal, oneOfEach, said, short } from './changes.ts'
import { asOf, type Candidate, type Ground, grantedTo, mirror } from './ground.ts'
import { asked, cached, couldBe, isSaid, judged, type Surprise, tried } from './judged.ts'
import type { Row } from './place.ts'
import { policiesOf } from './sql.ts'
import { type Viewer, viewers } from './viewers.ts'

// What a person sees and may write, row by row, held against the rules in words.

export interface Probes {
  readonly reads: (table: string, who?: readonly Viewer[]) => Promise<Surprise | undefined>
  readonly adds: (table: string, who?: readonly Viewer[]) => Promise<Surprise | undefined>
  readonly changes: (table: string, who?: readonly Viewer[]) => Promise<Surprise | undefined>
  readonly removes: (table: string, who?: readonly Viewer[]) => Promise<Surprise | undefined>
}

/** Everything expected is worked out once; every probe stops at the first thing that is not as expected. */
export function probesOf(ground: Ground): Probes {
  const seen = cached((viewer, table) => {
    const must = new Set<string>()
    const unsaid = new Set<string>()
    for (const [key, row] of ground.rows.get(table)!)
      if (!isSaid(viewer, table, row, 'see')) unsaid.add(key)
      else if (judged(viewer, table, 'see', row)) must.add(key)
    return { must, unsaid }
  })
  const mayAdd = cached((viewer, table) => {
    const must = new Set<number>()
    const unsaid = new Set<number>()
    for (const [n, { row }] of ground.adds.get(table) ?? [])
      if (!isSaid(viewer, table, row, 'write')) unsaid.add(n)
      else if (judged(viewer, table, 'add', row)) must.add(n)
    return { must, unsaid }
  })
  /** Images that may stand where their row may be reached: the row by itself is asked in the blind changes. */
  const mayLeave = cached((viewer, table) => {
    const must = new Set<number>()
    const unsaid = new Set<number>()
    for (const [n, { row }] of ground.changes.get(table) ?? [])
      if (!isSaid(viewer, table, row, 'write')) unsaid.add(n)
      else if (judged(viewer, table, 'leave', row)) must.add(n)
    return { must, unsaid }
  })
  const reached = cached((viewer, table) => {
    const must: Row[] = []
    let unsaid = 0
    for (const row of ground.rows.get(table)!.values())
      if (!isSaid(viewer, table, row, 'write')) unsaid += couldBe(viewer, table, 'reach', row) ? 1 : 0
      else if (judged(viewer, table, 'reach', row)) must.push(row)
    return { must, unsaid }
  })
  const verbs = (viewer: Viewer, table: string, verb: string) => grantedTo(ground, viewer, table, verb)
  const surprise = (viewer: Viewer, table: string, what: string): Surprise => ({ viewer: viewer.name, table, what })

  const reads: Probes['reads'] = async (table, who = viewers) => {
    const width = ground.tables.get(table)!.columns.length
    for (const viewer of who) {
      const columns = verbs(viewer, table, 'select')
      if (columns.length === 0) continue
      const { must, unsaid } = seen(viewer, table)
      if (columns.length < width) {
        const counting = asked<{ of: number }>(
          ground,
          viewer,
          `select count("${columns[0]}" is null)::int as of from ${table}`,
        )
        const [{ of }] = (await (viewer.unset ? counting.catch(() => none(ground)) : counting)) as [{ of: number }]
        if (of !== must.size) return surprise(viewer, table, `sees ${of} rows, not ${must.size}`)
        continue
      }
      const text = `select t.ctid::text as key from ${table} t`
      const looking = asked<{ key: string }>(ground, viewer, text)
      const rows = await (viewer.unset ? looking.catch(() => nothing(ground)) : looking)
      const shown = new Set(rows.map(one => one.key))
      for (const key of shown)
        if (!must.has(key) && !unsaid.has(key)) return surprise(viewer, table, `sees ${said(ground, table, key)}`)
      for (const key of must)
        if (!shown.has(key)) return surprise(viewer, table, `does not see ${said(ground, table, key)}`)
    }
    return undefined
  }

  /** The condition that the database makes of the table's policies, asked of the rows that might be written. */
  const condition = (
    policies: Awaited<ReturnType<typeof policiesOf>>,
    viewer: Viewer,
    table: string,
    command: 'insert' | 'update',
  ) => {
    const role = viewer.jobs ? 'samaan_jobs' : 'samaan_app'
    const these = policies.filter(
      one =>
        one.table === table &&
        [command, 'all'].includes(one.command) &&
        one.roles.split(', ').some(r => r === role || r === 'public'),
    )
    const text = (of: typeof these, word: string) =>
      of.map(one => `(${one.check ?? one.using ?? 'true'})`).join(` ${word} `)
    const permissive = these.filter(one => !one.restrictive)
    const restrictive = these.filter(one => one.restrictive)
    return `(${text(permissive, 'or') || 'false'}) and (${text(restrictive, 'and') || 'true'})`
  }
  const witnesses = async (
    policies: Awaited<ReturnType<typeof policiesOf>>,
    viewer: Viewer,
    table: string,
    command: 'insert' | 'update',
    { must, unsaid }: { must: ReadonlySet<number>; unsaid: ReadonlySet<number> },
  ) => {
    const where = condition(policies, viewer, table, command)
    const from = mirror(table, command === 'insert' ? 'add' : 'change')
    const rows = await asked<{ n: number }>(ground, viewer, `select n from ${from} where ${where}`)
    const passes = new Set(rows.map(one => one.n))
    return {
      tooMuch: [...passes].filter(n => !must.has(n) && !unsaid.has(n)),
      tooLittle: [...must].filter(n => !passes.has(n)),
    }
  }

  const adds: Probes['adds'] = async (table, who = viewers) => {
    const candidates = ground.adds.get(table)
    if (!candidates) return undefined
    const policies = await policiesOf(ground.truth, table)
    for (const viewer of who) {
      if (viewer.unset) continue
      const columns = verbs(viewer, table, 'insert')
      if (columns.length === 0) continue
      const { tooMuch, tooLittle } = await witnesses(policies, viewer, table, 'insert', mayAdd(viewer, table))
      for (const n of [...tooMuch.slice(0, 3), ...tooLittle.slice(0, 3)]) {
        const list = columns.map(one => `"${one}"`).join(', ')
        const got = await tried(
          ground,
          viewer,
          `insert into ${table} (${list}) select ${list} from ${mirror(table, 'add')} where n = ${n}`,
        )
        if (tooMuch.includes(n) !== (got === 'refused'))
          return surprise(
            viewer,
            table,
            `${got === 'refused' ? 'may not add' : 'adds'} ${short(candidates.get(n)!.row)}`,
          )
      }
    }
    return undefined
  }

  const change = (table: string, { sets, row }: Candidate, viewer: Viewer, where: string) => {
    const own = asOf(viewer, row)
    return `update ${table} set ${sets!.map(one => `"${one}" = ${literal(own[one])}`).join(', ')} ${where}`
  }
  const changes: Probes['changes'] = async (table, who = viewers) => {
    const candidates = ground.changes.get(table)
    if (!candidates) return undefined
    const policies = await policiesOf(ground.truth, table)
    for (const viewer of who) {
      if (viewer.unset) continue
      const columns = new Set(verbs(viewer, table, 'update'))
      if (columns.size === 0) continue
      // All that can be reached, whether or not it can be seen.
      const { must, unsaid } = reached(viewer, table)
      // Where everything at once is always refused, it says nothing of who reaches which.
      let told = must.length === 0
      for (const { sets, text } of blind(ground, table, viewer, [...columns])) {
        const after = must.map(row => ({ ...row, ...sets }))
        const expected = after.every(row => judged(viewer, table, 'leave', row)) ? must.length : 'refused'
        if (expected !== 'refused') told = true
        const got = await tried(ground, viewer, text)
        const within =
          typeof got === 'number' && typeof expected === 'number' && got >= expected && got <= expected + unsaid
        if (got !== expected && !within && !(unsaid > 0 && got === 'refused' && must.length === 0))
          return surprise(viewer, table, `changes blindly (${Object.keys(sets)}): ${got}, not ${expected}`)
      }
      const { must: seenRows } = seen(viewer, table)
      const { tooMuch, tooLittle } = await witnesses(policies, viewer, table, 'update', mayLeave(viewer, table))
      const real = (list: readonly number[]) =>
        list
          .map(n => candidates.get(n)!)
          .filter(
            one =>
              one.sets!.length > 0 &&
              one.sets!.every(each => columns.has(each)) &&
              seenRows.has(one.old!) &&
              judged(viewer, table, 'reach', ground.rows.get(table)!.get(one.old!)!) &&
              isSaid(viewer, table, one.row, 'write') &&
              judged(viewer, table, 'see', one.row),
          )
          .slice(0, 3)
      // The same past the eyes: a statement that names no row asks nothing of what may be seen.
      const past = new Set<string>()
      for (const n of tooMuch) {
        const one = candidates.get(n)!
        const own = asOf(viewer, one.row)
        const sets = Object.fromEntries(one.sets!.map(each => [each, own[each]]))
        const key = JSON.stringify(sets)
        if (past.has(key) || past.size >= 4 || must.length === 0 || !one.sets!.every(each => columns.has(each)))
          continue
        if (one.sets!.length === 0 || must.some(row => judged(viewer, table, 'leave', { ...row, ...sets }))) continue
        past.add(key)
        const got = await tried(ground, viewer, change(table, one, viewer, ''))
        if (got !== 'refused') return surprise(viewer, table, `changes all to ${JSON.stringify(sets)}: ${got}`)
      }
      for (const [list, should] of [
        [real(tooMuch), 'refused'],
        [real(tooLittle), 1],
        [told ? [] : oneOfEach(ground, table, viewer, candidates, columns, seenRows), 1],
      ] as const)
        for (const one of list) {
          const got = await tried(ground, viewer, change(table, one, viewer, `where ctid = '${one.old}'`))
          if (got !== should && !(should === 1 && got === '23505'))
            return surprise(viewer, table, `changes ${one.sets} to ${short(one.row)}: ${got}, not ${should}`)
        }
      for (const { what, text, rows } of told ? [] : atOnce(ground, table, viewer, candidates, columns, seenRows)) {
        const got = await tried(ground, viewer, text)
        if (got !== rows) return surprise(viewer, table, `changes at once (${what}): ${got}, not ${rows}`)
      }
    }
    return undefined
  }

  const removes: Probes['removes'] = async (table, who = viewers) => {
    for (const viewer of who) {
      if (viewer.unset || verbs(viewer, table, 'delete').length === 0) continue
      const known = [...ground.rows.get(table)!.values()]
      const unsaid = known.filter(
        row => !isSaid(viewer, table, row, 'write') && couldBe(viewer, table, 'remove', row),
      ).length
      const must = known.filter(
        row => isSaid(viewer, table, row, 'write') && judged(viewer, table, 'remove', row),
      ).length
      const got = await tried(ground, viewer, `delete from ${table}`)
      if (typeof got !== 'number' || got < must || got > must + unsaid)
        return surprise(viewer, table, `removes ${got}, not ${must}`)
    }
    return undefined
  }
  return { reads, adds, changes, removes }
}

const none = async ({ truth }: Ground) => {
  await truth.query('rollback')
  return [{ of: 0 }]
}
const nothing = async ({ truth }: Ground) => {
  await truth.query('rollback')
  return []
}
