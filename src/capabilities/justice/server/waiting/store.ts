import { db, sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'

/** Orders of the unit's cases that somebody else wrote down and nobody confirmed. */
export const listProposed = (read: Read, country: string, reader: string, limit: number) =>
  read.all(
    db
      .selectFrom('justice.court_order as o')
      .innerJoin('cases.folder as f', 'f.id', 'o.case_id')
      .select([
        'o.id',
        'o.state as code',
        'o.until_at as due',
        'o.version',
        'f.id as case_id',
        'f.reference',
        'f.urgency',
      ])
      .where('o.state', '=', 'proposed')
      .where('o.country', '=', country)
      .where('o.by_account', '<>', reader)
      .where('o.until_at', '>', sql<Date>`now()`)
      .orderBy('o.at')
      .limit(sql.lit(limit)),
  )
/** Vital interests that somebody else wrote down and that can still be upheld; due when that time ends. */
export const listOpen = (read: Read, country: string, reader: string, limit: number) =>
  read.all(
    db
      .selectFrom('justice.vital_interest as v')
      .innerJoin('cases.folder as f', 'f.id', 'v.case_id')
      .select(['v.id', 'v.reason as code', 'v.version', 'f.id as case_id', 'f.reference'])
      .select(sql<Date>`v.at + interval '24 hours'`.as('due'))
      .where('v.state', '=', 'open')
      .where('v.country', '=', country)
      .where('v.by_account', '<>', reader)
      .where('v.account_id', '<>', reader)
      .where('v.at', '>', sql<Date>`now() - interval '24 hours'`)
      .orderBy('v.at')
      .limit(sql.lit(limit)),
  )
/** Leads that an investigator was given and has not closed. */
export const listAssigned = (read: Read, account: string, limit: number) =>
  read.all(
    db
      .selectFrom('justice.lead')
      .select(['id', 'reference', 'status as code', 'version'])
      .where('investigator', '=', account)
      .where('status', '<>', 'closed')
      .orderBy('id')
      .limit(sql.lit(limit)),
  )
/** What opens something to the reader now and was not received yet. */
export const listNotReceived = (
  read: Read,
  account: string,
  limit: number,
): Promise<{ id: string; code: 'order' | 'vital-interest' | 'consent'; due: Date }[]> =>
  read.all(sql`
    select g.basis_id as id, g.basis as code, g.until as due from policy.case_glimpse g
    where g.basis in ('order', 'vital-interest', 'consent') and g.until > now()
      and not exists (select from justice.receipt r where r.basis_id = g.basis_id and r.account_id = ${account}::uuid)
    order by g.until limit ${sql.lit(limit)}`)
