import { db, sql } from '#platform/db/builder.ts'
import type { Read } from '#platform/db/context.ts'

/** Alerts that a person has not seen, but for kinds that stand in the list as the thing itself. */
export const listAlerts = (read: Read, account: string, but: readonly string[], limit: number) =>
  read.all(
    db
      .selectFrom('oversight.alert')
      .select(['id', 'kind as code', 'at as due'])
      .where('account_id', '=', account)
      .where('seen_at', 'is', null)
      .where('kind', 'not in', [...but])
      .orderBy('id', 'desc')
      .limit(sql.lit(limit)),
  )
/** Broken glass that waits for its review by the reader; due when the right of whoever broke it is suspended. */
export const listGlasses = (read: Read, country: string, limit: number) =>
  read.all(
    db
      .selectFrom('oversight.break_glass as b')
      .leftJoin('cases.folder as f', 'f.id', 'b.case_id')
      .select(['b.id', 'b.reason as code', 'b.version', 'b.case_id', 'f.reference'])
      .select(sql<Date>`b.at + interval '72 hours'`.as('due'))
      .where('b.review', 'is', null)
      .where('b.country', '=', country)
      .where(sql<boolean>`oversight.may_judge(b.account_id, b.at)`)
      .orderBy('b.at')
      .limit(sql.lit(limit)),
  )
/** Sealing and unsealing that the other side proposed. */
export const listSealings = (read: Read, country: string, reader: string, protects: boolean, limit: number) =>
  read.all(
    db
      .selectFrom('oversight.sealing as s')
      .leftJoin('cases.folder as f', 'f.id', 's.case_id')
      .select(['s.id', 's.action as code', 's.version', 's.case_id', 'f.reference'])
      .where('s.state', '=', 'proposed')
      .where('s.country', '=', country)
      .where('s.by_account', '<>', reader)
      .where('s.by_role', protects ? '<>' : '=', 'data-protection-officer')
      .orderBy('s.id')
      .limit(sql.lit(limit)),
  )
/** Erasures that who answers for the case has to confirm or give back. */
export const listErasures = (read: Read, country: string, reader: string, limit: number) =>
  read.all(
    db
      .selectFrom('oversight.erasure as e')
      .leftJoin('cases.folder as f', 'f.id', 'e.case_id')
      .select(['e.id', 'e.ground as code', 'e.version', 'e.case_id', 'f.reference'])
      .where('e.state', '=', 'proposed')
      .where('e.country', '=', country)
      .where('e.by_account', '<>', reader)
      .orderBy('e.id')
      .limit(sql.lit(limit)),
  )
