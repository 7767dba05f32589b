import type pg from 'pg'
import { accountId, stableId } from '../../tools/demonstration/people.ts'
import { caseColumn, isAccount, most, mostOf, type Table, tablesWithPolicies, thinned, variations } from './columns.ts'
import { laidCases, me, police, shelter, unit } from './laid.ts'
import { filesOfHealth, healthConsents } from './rows-health.ts'
import { filesOfLeads, heldFiles } from './rows-held.ts'
import { askedIn, roundsOf, turnsOf } from './rows-rounds.ts'
import { inListServices, type Value, type Values, written } from './rows-written.ts'

// Rows of every table, made from what its policies speak of.

const inPairs = new Set(['of nobody', 'holder unit', 'share shelter, accepted', 'hidden: own marisol', 'on a visit'])
const named = (name: string) => laidCases.find(one => one.name === name)!.id
const shared = new Set<Value>(laidCases.filter(one => /^share (unit|clinic|shelter)/.test(one.name)).map(one => one.id))
/** What the referral of a share says, in turn: as it would, of another's, sent by who was asked, of another case. */
const bearers: readonly Values[] = [
  {},
  { from_organisation: unit, to_organisation: police },
  { from_account: me('tobias') },
  { from_account: me('jonah') },
  { case_id: named('holder unit') },
  { status: 'accepted' },
  { status: 'in-service' },
  { status: 'accepted', kind: 'identification' },
  { status: 'partly-accepted', from_organisation: unit, to_organisation: police },
]
/** Between two others: seen by who has the case, and for them to answer or to end is nothing of it. */
const elsewhere: Values = { from_organisation: police, to_organisation: shelter }
const ofOthers = new Set(['holder unit', 'assigned dalia'])
/** Rows of one table as they will be laid down, each with its own id. */
export function rowsOf(table: Table, refs: ReadonlyMap<string, readonly Values[]>): Values[] {
  const exact = written(table.name)
  if (exact) return exact
  const column = caseColumn(table)
  const has = (name: string) => table.columns.some(one => one.name === name)
  const rows: Values[] = []
  // What tells the rows of a table apart is nobody's question.
  const apart = (n: number): Values =>
    Object.fromEntries(
      table.columns
        .filter(
          one =>
            one.key && !isAccount(one.name) && !/^(case_id|lead_id|device_id|service_id|country|track)$/.test(one.name),
        )
        .map(({ name, type }): [string, Value] => {
          if (type === 'uuid') return [name, stableId(`${table.name} ${n}`)]
          if (type === 'bytea') return [name, `\\x${n.toString(16).padStart(8, '0')}`]
          return [name, type === 'text' ? `n${n}` : n + 1]
        }),
    )
  const push = (row: Values) => {
    const own = apart(rows.length)
    rows.push({ ...row, ...own, ...(row.id === undefined ? {} : { id: row.id }) })
  }
  if (column) {
    for (const one of laidCases) {
      const how = inPairs.has(one.name) ? 'in pairs' : one.rich ? 'singly' : 'plain'
      const flag: Values = has('guarded') ? { guarded: one.hidden.length > 0 && !one.stale } : {}
      const folder: Values =
        table.name === 'cases.folder'
          ? {
              country: one.country,
              child: one.child,
              holder: one.holder ?? null,
              made_by: one.madeBy,
              coordinator: one.coordinator ?? null,
            }
          : {}
      for (const row of thinned(
        table.name === 'cases.folder' ? variations(table, one, 'plain') : variations(table, one, how),
        most,
      ))
        push({ ...row, ...flag, ...folder, [column]: one.id })
      // What a yes to police really says: for it alone, and for nothing else.
      if (table.name === 'consent.record')
        push({
          ...variations(table, one, 'plain')[0]!,
          to_police: true,
          purposes: ['prosecution'] as never,
          case_id: one.id,
        })
      // A paper in every case, also where it is open in one compartment alone.
      if (table.name === 'cases.attachment')
        push({ ...variations(table, one, 'plain')[0]!, ...flag, compartment: 'ID', case_id: one.id })
      if (table.name === 'cases.timeline')
        for (const event of ['referral.revoked', 'referral.ended'])
          push({ ...variations(table, one, 'plain')[0]!, event, case_id: one.id })
      if (table.name === 'referrals.referral' && ofOthers.has(one.name))
        for (const status of ['sent', 'accepted', 'in-service'])
          push({ ...variations(table, one, 'plain')[0]!, ...elsewhere, status, case_id: one.id })
      // So many of each that counting tells one compartment from another.
      const alone = Math.log2(one.places[0]?.mask ?? 1)
      if (
        Number.isInteger(alone) &&
        table.columns.some(each => each.key && each.name !== 'case_id') &&
        column === 'case_id'
      )
        for (let n = 0; n < alone; n += 1) push({ ...variations(table, one, 'plain')[0]!, ...flag, case_id: one.id })
      for (const each of one.glimpses)
        for (const who of [each.principal, accountId('vasco')]) {
          // Of some cases another was named, of some it is another case's.
          const [plain] = variations(table, one, 'plain')
          const named = each.mask === 64 ? accountId('vasco') : each.principal
          const of = each.mask === 2 ? laidCases[0]!.id : one.id
          const first = who === each.principal
          if (table.name === 'justice.court_order' && first)
            push({ ...plain!, case_id: of, id: each.id, named: [named] })
          if (table.name === 'justice.vital_interest' && first)
            push({ ...plain!, case_id: of, id: each.id, account_id: named })
          if (table.name === 'justice.receipt')
            for (const more of [
              {},
              { compartments: 64 },
              { case_id: laidCases[0]!.id },
              { basis: 'other' },
              { basis_id: stableId('another basis') },
            ])
              push({
                ...variations(table, one, 'plain')[0]!,
                ...{ case_id: one.id, basis: each.basis, basis_id: each.id, compartments: each.mask, account_id: who },
                ...more,
              })
        }
    }
    if (table.name === 'tasks.task')
      for (const row of variations(table, undefined, 'in pairs')) push({ ...row, case_id: null })
    if (table.name === 'referrals.referral') {
      const consents = refs.get('consent.record')!
      const of = Map.groupBy(consents, one => one.case_id)
      const first = new Set<Value>()
      let count = 0
      const inRounds = askedIn({ ...rows[0]!, status: 'sent' }, refs.get('referrals.round')!, consents)
      const alone = rows.flatMap((row, at) => {
        const own = of.get(row.case_id!) ?? []
        const given = own.find(one => one.kind === 'given') ?? consents[0]!
        // A share bears the id of the referral that it was given by: here, that of the case.
        const bears: Values = first.has(row.case_id!)
          ? {}
          : { id: row.case_id!, ...(shared.has(row.case_id!) ? bearers[count++ % bearers.length] : {}) }
        first.add(row.case_id!)
        const another = [own.find(one => one.kind !== 'given'), consents[(at * 7) % consents.length]]
        return [
          { ...row, ...bears, consent_id: given.id! },
          ...(at % 3 === 0 ? another : []).flatMap((one, n) =>
            one ? [{ ...row, id: stableId(`referral ${at} ${n}`), consent_id: one.id! }] : [],
          ),
        ]
      })
      return [...alone, ...inRounds]
    }
    if (table.name === 'consent.record') return [...rows, ...healthConsents(rows[0]!)]
    if (table.name === 'files.held') return heldFiles(refs.get('justice.lead')!)
    if (table.name === 'health.file') return filesOfHealth(rows, refs.get('health.note')!)
    if (table.name === 'referrals.round') return roundsOf(rows, refs.get('consent.record')!)
    if (table.name === 'referrals.turn') return turnsOf(rows[0]!, refs.get('referrals.round')!)
    if (table.name === 'screening.override')
      return rows.flatMap((row, at) => {
        const interviews = refs.get('screening.interview')!
        const same = interviews.filter(one => one.case_id === row.case_id)
        const another = interviews[(at * 7) % interviews.length]!
        const by = same.find(one => one.by_account === row.by_account)
        return [same[0]!, another, ...(by ? [by] : [])].map((one, n) => ({
          ...row,
          id: stableId(`override ${at} ${n}`),
          interview_id: one.id!,
        }))
      })
    return rows
  }
  for (const row of thinned(variations(table, undefined, 'in pairs'), mostOf(table))) {
    if (table.name === 'directory.place')
      for (const one of refs.get('directory.service') ?? []) push({ ...row, service_id: one.id! })
    else if (table.name === 'sync.parcel')
      for (const one of (refs.get('sync.device') ?? []).filter((_, at) => at % 4 === 0))
        push({ ...row, device_id: one.id! })
    else push(row)
  }
  if (table.name === 'justice.lead_file') return filesOfLeads(rows, refs.get('justice.lead')!)
  if (table.name === 'directory.service')
    for (const one of inListServices) push({ ...variations(table, undefined, 'plain')[0]!, ...one })
  return rows
}

const order = [
  'policy.',
  'directory.organisation',
  'directory.service',
  'auth.account',
  'auth.',
  'screening.interview',
  'justice.lead',
  'sync.device',
  'consent.record',
  'health.note',
  'referrals.round',
]
const placeOf = (name: string) => {
  const at = order.findIndex(one => name === one || (one.endsWith('.') && name.startsWith(one)))
  return at < 0 ? order.length : at
}

/** Lays the whole world down. The database is good for nothing else afterwards: its constraints are gone. */
export async function layRows(truth: pg.Client): Promise<Table[]> {
  const tables = (await tablesWithPolicies(truth)).sort((a, b) => placeOf(a.name) - placeOf(b.name))
  const loose = await truth.query(
    `select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as text from pg_constraint
     where contype in ('c', 'f', 'u', 'x') and conrelid::regclass::text = any ($1)
     union all select format('drop index if exists %s', i.indexrelid::regclass) from pg_index i
     where i.indisunique and not i.indisprimary and i.indrelid::regclass::text = any ($1)`,
    [tables.map(one => one.name)],
  )
  // A foreign key goes with the index that it leans on.
  for (const { text } of loose.rows) await truth.query(text).catch(() => {})
  await truth.query('set session_replication_role = replica')
  const laid = new Map<string, readonly Values[]>()
  for (const table of tables) {
    const rows = rowsOf(table, laid)
    laid.set(table.name, rows)
    const names = table.columns.map(one => one.name).filter(name => rows.some(row => name in row))
    if (rows.length === 0 || table.name === 'platform.migration') continue
    // What a row leaves open has the column's default: rows are told apart by which columns they name.
    const kinds = new Map<string, Values[]>()
    for (const row of rows) {
      const kind = names.filter(name => name in row).join(',')
      kinds.set(kind, [...(kinds.get(kind) ?? []), row])
    }
    for (const [kind, these] of kinds)
      await truth.query(
        `insert into ${table.name} (${kind
          .split(',')
          .map(one => `"${one}"`)
          .join(', ')})
         select ${kind
           .split(',')
           .map(one => `r."${one}"`)
           .join(', ')} from json_populate_recordset(null::${table.name}, $1) r
         on conflict do nothing`,
        [JSON.stringify(these)],
      )
  }
  await truth.query('set session_replication_role = origin')
  await truth.query('analyze')
  return tables
}
