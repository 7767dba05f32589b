import type { Insertable, Selectable } from 'kysely'
import type { NotifiedFact } from '#platform/country/vocabulary.ts'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { Compartment } from '#platform/policy/compartments.ts'
import { compartmentsIn, maskOf } from '#platform/policy/compartments.ts'
import type { ConsentRecord, Notification } from '../contract.ts'

export type Row = Selectable<Tables['consent.record']>
export type NewRow = Insertable<Tables['consent.record']>

export const insert = (tx: Tx, row: NewRow): Promise<void> => tx.insert(insertOf('consent.record', row))

/** A record as it is listed: whether it was taken back, and the names of those who read by it. */
type Listed = Row & { withdrawn: boolean; named_names: string[] | null }
/** Every record of a case that the reader may see, oldest first, each with whether it still stands. */
export const listOf = (read: Read, caseId: string): Promise<Listed[]> =>
  read.all(
    db
      .selectFrom('consent.record as r')
      .selectAll('r')
      .select(eb =>
        eb
          .exists(eb.selectFrom('consent.record as w').select('w.id').whereRef('w.withdraws', '=', 'r.id'))
          .$castTo<boolean>()
          .as('withdrawn'),
      )
      .select(
        sql<
          string[] | null
        >`(select array_agg(p.name order by p.name) from auth.account p where p.id = any (r.named))`.as('named_names'),
      )
      .where('r.case_id', '=', caseId)
      .orderBy('r.recorded_at'),
  )

/**
 * The ledgers of the newest cases that the reader made, each under its case's id. Its version changes with every record,
 * when one expires, and when the person turns out to be a child.
 */
export const listKept = (
  read: Read,
  account: string,
  now: Date,
  limit: number,
): Promise<{ id: string; case: string; version: string }[]> =>
  read.all(
    db
      .selectFrom('consent.record as r')
      .innerJoin('policy.case_access as own', 'own.case_id', 'r.case_id')
      .where('own.principal', '=', account)
      .where('own.basis', '=', 'own')
      .select(['r.case_id as id', 'r.case_id as case'])
      .select(
        sql<string>`concat_ws('.', count(*), max(r.id::text), count(*) filter (where r.expires_at <= ${now}), policy.is_child(r.case_id))`.as(
          'version',
        ),
      )
      .groupBy('r.case_id')
      .orderBy('r.case_id', 'desc')
      .limit(sql.lit(limit)),
  )

/** A given consent that stands now: not withdrawn, not expired. */
export const findLive = (read: Read, caseId: string, id: string): Promise<Row | undefined> =>
  read.maybe(
    db
      .selectFrom('consent.record as r')
      .selectAll('r')
      .where('r.id', '=', id)
      .where('r.case_id', '=', caseId)
      .where('r.kind', '=', 'given')
      .where(eb => eb.or([eb('r.expires_at', 'is', null), eb('r.expires_at', '>', sql<Date>`now()`)]))
      .where(eb =>
        eb.not(eb.exists(eb.selectFrom('consent.record as w').select('w.id').whereRef('w.withdraws', '=', 'r.id'))),
      ),
  )

/** The organisations that the newest consent to help names that stands now; none where nothing does. */
export const agreedLast = async (read: Read, caseId: string): Promise<readonly string[]> =>
  (
    await read.maybe(sql<{ recipients: string[] }>`
      select r.recipients from consent.record r
      where r.case_id = ${caseId} and r.kind = 'given' and 'services' = any (r.purposes)
        and (r.expires_at is null or r.expires_at > now())
        and not exists (select from consent.record w where w.withdraws = r.id)
      order by r.recorded_at desc limit 1`)
  )?.recipients ?? []

/** A given consent of a case, also one that has ended, with the withdrawal that took it back. */
export const findGiven = (read: Read, caseId: string, id: string): Promise<(Row & { by: string | null }) | undefined> =>
  read.maybe(
    db
      .selectFrom('consent.record as r')
      .leftJoin('consent.record as w', 'w.withdraws', 'r.id')
      .selectAll('r')
      .select('w.id as by')
      .where('r.id', '=', id)
      .where('r.case_id', '=', caseId)
      .where('r.kind', '=', 'given'),
  )

/** Whether it is the case of a child; null where the reader sees no such case. */
export const isChild = async (read: Read, caseId: string): Promise<boolean | null> =>
  (await read.one(db.selectNoFrom(sql<boolean | null>`policy.is_child(${caseId}::uuid)`.as('child')))).child

export interface Notify {
  readonly caseId: string
  readonly refusal: string
  readonly exploitation: string
  /** What the law asks for; nothing else is kept. */
  readonly facts: readonly NotifiedFact[]
}
/** Writes the notification, once a case. @throws (as not-found) who did not screen the person, or no adult */
export const notify = async (
  tx: Tx,
  { caseId, refusal, exploitation, facts }: Notify,
): Promise<'done' | 'no-refusal' | 'agreed' | 'already'> => {
  const asked = sql<'done'>`consent.notify(${caseId}::uuid, ${refusal}::uuid, ${exploitation}, ${[...facts]}::text[])`
  return (await tx.one(db.selectNoFrom(asked.as('outcome')))).outcome
}

/** The person agreed after all: marks the notification of the case, if there is one, and tells nobody which it is. */
export const convert = (tx: Tx, caseId: string): Promise<number> => tx.run(sql`select consent.convert(${caseId}::uuid)`)

/**
 * What the competent body was told, latest month first. Within a month the order is that of random ids, and a conversion
 * shows when its month is over.
 */
export const notifications = (
  read: Read,
  { after, limit, now }: { after: string | undefined; limit: number; now: Date },
): Promise<Notification[]> => {
  let query = db
    .selectFrom('consent.notification as n')
    .select(['n.id', 'n.country', 'n.month', 'n.sector', 'n.exploitation', 'n.urgency'])
    .select(sql<boolean>`coalesce(n.converted_month < ${now.toISOString().slice(0, 7)}, false)`.as('converted'))
    .orderBy('n.month', 'desc')
    .orderBy('n.id', 'desc')
    .limit(sql.lit(limit))
  if (after)
    query = query.where(
      sql<boolean>`(n.month, n.id) < (select a.month, a.id from consent.notification a where a.id = ${after})`,
    )
  return read.all(query) as Promise<Notification[]>
}

interface Withheld {
  recipient: string
  compartments: number
}
export const withheldJson = (list: readonly { recipient: string; compartments: readonly Compartment[] }[]): string =>
  JSON.stringify(list.map(one => ({ recipient: one.recipient, compartments: maskOf(one.compartments) })))

/** What a consent lets one organisation see: the compartments agreed to, without what is withheld from it. */
export function agreedFor(row: Row, organisation: string): number {
  if (!row.recipients.includes(organisation)) return 0
  const kept = (row.withhold as Withheld[])
    .filter(one => one.recipient === organisation)
    .reduce((mask, one) => mask | one.compartments, 0)
  return row.compartments & ~kept
}

export const toWire = (row: Listed, now: Date): ConsentRecord =>
  ({
    id: row.id,
    case: row.case_id,
    kind: row.kind,
    textVersion: row.text_version,
    language: row.language,
    interpreter: row.interpreter,
    explainedBy: row.explained_by,
    givenBy: row.given_by,
    childAssent: row.child_assent,
    form: row.form,
    purposes: row.purposes,
    recipients: row.recipients,
    compartments: compartmentsIn(row.compartments),
    withhold: (row.withhold as Withheld[]).map(one => ({
      recipient: one.recipient,
      compartments: compartmentsIn(one.compartments),
    })),
    expiresAt: row.expires_at?.toISOString() ?? null,
    withdraws: row.withdraws,
    saidAt: row.said_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    live: row.kind === 'given' && !row.withdrawn && (row.expires_at === null || row.expires_at > now),
    ...(row.to_police && { toPolice: true, ...(row.named_names && { named: row.named_names }) }),
  }) as ConsentRecord
