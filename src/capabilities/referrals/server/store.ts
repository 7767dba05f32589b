import type { Insertable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { fixed, insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Referral, ReferralRow, ReferralStatus } from '../contract.ts'
import type { ReferralFacts } from '../policy.ts'

const withNames = () =>
  db
    .selectFrom('referrals.referral as r')
    .leftJoin('cases.folder as f', 'f.id', 'r.case_id')
    .innerJoin('directory.organisation as a', 'a.id', 'r.from_organisation')
    .innerJoin('directory.organisation as b', 'b.id', 'r.to_organisation')
    .leftJoin('auth.account as p', 'p.id', 'r.from_account')
    .selectAll('r')
    .select(['f.reference', 'f.key_slot', 'a.name as from_name', 'b.name as to_name', 'p.name as person'])
export type ReferralRecord = Awaited<ReturnType<typeof get>>

export const get = (read: Read, id: string) => read.one(withNames().where('r.id', '=', id))

export const insert = (tx: Tx, row: Insertable<Tables['referrals.referral']>): Promise<void> =>
  tx.insert(insertOf('referrals.referral', row))

export interface Filter {
  /** The organisation whose inbox it is; absent for what was sent. */
  readonly to?: string | undefined
  readonly fromOrganisation?: string | undefined
  readonly fromAccount?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
  readonly status?: string | undefined
  readonly urgency?: string | undefined
  readonly overdueAt?: Date | undefined
  readonly reference?: string | undefined
}
/** What a list shows, and nothing that is sealed. */
const rowsOf = () =>
  db
    .selectFrom('referrals.referral as r')
    .leftJoin('cases.folder as f', 'f.id', 'r.case_id')
    .innerJoin('directory.organisation as a', 'a.id', 'r.from_organisation')
    .innerJoin('directory.organisation as b', 'b.id', 'r.to_organisation')
    .select(['r.id', 'r.case_id', 'r.kind', 'r.service', 'r.urgency', 'r.status', 'r.place', 'r.shared', 'r.version'])
    .select(['r.from_organisation', 'r.to_organisation', 'r.sent_at', 'r.warn_at', 'r.due_at', 'r.answered_at'])
    .select(['f.reference', 'a.name as from_name', 'b.name as to_name'])
type ListedRecord = Awaited<ReturnType<typeof list>>[number]
const inboxOf = new Map<number, (to: string) => ReturnType<typeof rowsOf>>()
/** The first page of an inbox, which is asked for more than anything else: its text is made once. */
function firstOf(to: string, limit: number) {
  const made =
    inboxOf.get(limit) ??
    (fixed((id: string) =>
      rowsOf().where('r.to_organisation', '=', id).orderBy('r.id', 'desc').limit(sql.lit(limit)),
    ) as unknown as (to: string) => ReturnType<typeof rowsOf>)
  inboxOf.set(limit, made)
  return made(to)
}
export function list(read: Read, filter: Filter) {
  const { to, limit, ...narrowed } = filter
  if (to && Object.values(narrowed).every(one => one === undefined)) return read.all(firstOf(to, limit))
  let query = rowsOf().orderBy('r.id', 'desc').limit(sql.lit(limit))
  if (filter.to) query = query.where('r.to_organisation', '=', filter.to)
  if (filter.fromOrganisation) query = query.where('r.from_organisation', '=', filter.fromOrganisation)
  if (filter.fromAccount) query = query.where('r.from_account', '=', filter.fromAccount)
  if (filter.status) query = query.where('r.status', '=', filter.status)
  if (filter.urgency) query = query.where('r.urgency', '=', filter.urgency)
  if (filter.overdueAt)
    query = query.where('r.due_at', '<', filter.overdueAt).where('r.status', 'in', ['sent', 'acknowledged'])
  if (filter.reference) query = query.where(sql<boolean>`starts_with(f.reference, ${filter.reference})`)
  if (filter.after) query = query.where('r.id', '<', filter.after)
  return read.all(query)
}
/** The newest referrals that this person sent, for their phone. */
export const listKept = (
  read: Read,
  account: string,
  limit: number,
): Promise<{ id: string; case: string; version: string }[]> =>
  read.all(
    db
      .selectFrom('referrals.referral as r')
      .innerJoin('cases.folder as f', 'f.id', 'r.case_id')
      .select(['r.id', 'r.case_id as case'])
      .select(sql<string>`concat_ws('.', r.version, r.status, f.version)`.as('version'))
      .where('r.from_account', '=', account)
      .orderBy('r.id', 'desc')
      .limit(sql.lit(limit)),
  )

const ofCase = fixed((caseId: string) => withNames().where('r.case_id', '=', caseId).orderBy('r.id', 'desc'))
export const listOfCase = (read: Read, caseId: string) => read.all(ofCase(caseId))

export interface ReceivedRow {
  readonly id: string
  readonly organisation: string
  readonly shared: number
  readonly sent_at: Date
  readonly first_read: Date | null
  readonly last_read: Date | null
  readonly reads: number
  /** When the person took the consent back. */
  readonly ended_at: Date | null
  readonly stands: boolean
  /** The unit that has the case keeps what it was told. */
  readonly keeps: boolean
}
/** Who received what, the first first. A function of the database, which asks again who asks. */
export const listReceived = (read: Read, caseId: string): Promise<ReceivedRow[]> =>
  read.all(
    sql<ReceivedRow>`select id, organisation, shared, sent_at, first_read, last_read, reads, ended_at, stands, keeps
                     from referrals.received(${caseId}::uuid)`,
  )

/** What stood on a consent that was withdrawn and was not answered yet is taken back. */
export const endConsent = (tx: Tx, consent: string): Promise<number> =>
  tx.run(sql`select referrals.end_consent(${consent}::uuid)`)

/** Moves a referral on the version it was read at; 0 when it has moved on. */
export const move = (
  tx: Tx,
  id: string,
  version: number,
  change: {
    status: ReferralStatus
    acknowledged_at?: Date
    answered_at?: Date
    answered_by?: string
    decline_reason?: string
    sealed_answer?: Buffer | null
    place_taken?: string | null
    began_at?: Date
    finished_at?: Date
    outcome?: string
    end_reason?: string
  },
): Promise<number> =>
  tx.run(
    db
      .updateTable('referrals.referral')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

export const factsOf = (
  row: ReferralRecord,
  access: ReferralFacts['access'],
): ReferralFacts & { row: ReferralRecord } => ({
  row,
  access,
  referral: {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind as 'identification' | 'service',
    status: row.status as ReferralStatus,
    fromOrganisation: row.from_organisation,
    fromAccount: row.from_account,
    toOrganisation: row.to_organisation,
    shared: row.shared,
  },
})

/** What became of the service, as its parties read it. */
export const serviceOf = (row: ReferralRecord) => ({
  offer: row.offer_id,
  placeTaken: row.place_taken as Referral['placeTaken'],
  expiresAt: row.expires_at?.toISOString() ?? null,
  beganAt: row.began_at?.toISOString() ?? null,
  finishedAt: row.finished_at?.toISOString() ?? null,
  outcome: row.outcome as Referral['outcome'],
  endReason: row.end_reason as Referral['endReason'],
})

export const toRow = (row: ListedRecord): ReferralRow => ({
  id: row.id,
  case: row.case_id,
  // A recipient whose access has ended no longer sees the case's reference.
  reference: row.reference ?? '',
  kind: row.kind as ReferralRow['kind'],
  service: row.service as ReferralRow['service'],
  urgency: row.urgency as ReferralRow['urgency'],
  status: row.status as ReferralStatus,
  place: row.place as ReferralRow['place'],
  from: { organisation: row.from_organisation, name: row.from_name },
  to: { organisation: row.to_organisation, name: row.to_name },
  shared: compartmentsIn(row.shared),
  sentAt: row.sent_at.toISOString(),
  warnAt: row.warn_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  answeredAt: row.answered_at?.toISOString() ?? null,
  version: row.version,
})

/** Marks what ran out of time and was not told yet; as the jobs' role. */
export const markOverdue = (tx: Tx, now: Date) =>
  tx.all(
    db
      .updateTable('referrals.referral')
      .set({ overdue_told: true })
      // What somebody is answering just now is left to the next minute.
      .where('id', 'in', eb =>
        eb
          .selectFrom('referrals.referral')
          .select('id')
          .where('due_at', '<', now)
          .where('status', 'in', ['sent', 'acknowledged'])
          .where('overdue_told', '=', false)
          .forUpdate()
          .skipLocked(),
      )
      .returning(['id', 'case_id', 'to_organisation']),
  )

/** Counts the reminders that are due; as the jobs' role. @returns whose question still stands */
export const remind = (tx: Tx, now: Date): Promise<{ id: string; case_id: string; to_organisation: string }[]> =>
  tx.all(
    sql<{ id: string; case_id: string; to_organisation: string }>`select id, case_id, to_organisation
      from referrals.remind(${now}::timestamptz)`,
  )

/** Ends questions that nobody answered in twice their time; as the jobs' role. */
export const expire = (tx: Tx, now: Date): Promise<{ id: string; case_id: string; to_organisation: string }[]> =>
  tx.all(
    sql<{ id: string; case_id: string; to_organisation: string }>`select id, case_id, to_organisation
      from referrals.expire(${now}::timestamptz)`,
  )

// In full, not as values: that is how the indexes of what waits and of what was answered are known again.
/** How often whoever was asked was reminded: the last one says that little time is left. */
const remindedCode = sql<string>`case when r.reminded = 0 then r.status when r.reminded = cardinality(r.remind_at) then 'reminded-last'
  else 'reminded-' || r.reminded end`
const unanswered = sql<boolean>`r.status in ('sent', 'acknowledged')`
const answered = sql<boolean>`r.status in ('accepted', 'partly-accepted', 'in-service', 'declined')`
const waiting = () =>
  db
    .selectFrom('referrals.referral as r')
    .leftJoin('cases.folder as f', 'f.id', 'r.case_id')
    .select(['r.id', 'r.case_id', 'f.reference', 'r.urgency', 'r.version'])
/**
 * Referrals to an organisation that nobody answered yet and that still stand, the next to run out first. What they share
 * is looked up for these alone: together with the list, all that was ever shared with the organisation would be gathered.
 */
export async function listUnanswered(read: Read, organisation: string, limit: number) {
  const rows = await read.all(
    db
      .selectFrom('referrals.referral as r')
      .select(['r.id', 'r.case_id', 'r.urgency', 'r.version', 'r.due_at as due'])
      .select(remindedCode.as('code'))
      .where('r.to_organisation', '=', organisation)
      .where(unanswered)
      .orderBy('r.due_at')
      .orderBy('r.id')
      .limit(sql.lit(limit)),
  )
  if (rows.length === 0) return []
  const standing = await read.all(
    sql<{ referral: string; reference: string }>`select a.basis_id as referral, f.reference
      from policy.case_access a join cases.folder f on f.id = a.case_id
      where a.case_id = any (${rows.map(row => row.case_id)}::uuid[]) and a.basis = 'share' and a.until > now()`,
  )
  const references = new Map(standing.map(row => [row.referral, row.reference]))
  return rows.flatMap(row => {
    const reference = references.get(row.id)
    return reference === undefined ? [] : [{ ...row, reference }]
  })
}
/** Who sent it: a person, or their organisation. */
export type Sender = { readonly account: string } | { readonly organisation: string }
const sentBy = (sender: Sender) =>
  'account' in sender
    ? waiting().where('r.from_account', '=', sender.account)
    : waiting().where('r.from_organisation', '=', sender.organisation)
/** What was sent and ran out of time without an answer. */
export const listSilent = (read: Read, sender: Sender, now: Date, limit: number) =>
  read.all(
    sentBy(sender)
      .select(['r.status as code', 'r.due_at as due'])
      .where(unanswered)
      .where('r.due_at', '<', now)
      .orderBy('r.due_at')
      .orderBy('r.id')
      .limit(sql.lit(limit)),
  )
/** What was sent by a link to an address that takes no mail, and has time left. */
export const listUnreached = (read: Read, sender: Sender, now: Date, limit: number) =>
  read.all(
    sentBy(sender)
      .select([sql<string>`'unreached'`.as('code'), 'r.due_at as due'])
      .where(sql<boolean>`r.status = 'sent' and r.unreached_at is not null`)
      .where('r.due_at', '>=', now)
      .orderBy('r.due_at')
      .limit(sql.lit(limit)),
  )
/**
 * Answers since a moment to what was sent. The few that are new are found first and put in order then: in the order of the
 * list, everything that was ever sent would be gone through.
 */
export const listAnswers = (read: Read, sender: Sender, since: Date, limit: number) =>
  read.all(
    db
      .selectFrom(
        sentBy(sender)
          .select(['r.status as code', 'r.answered_at as due'])
          .where(answered)
          .where('r.answered_at', '>=', since)
          // A no by itself is told until somebody goes on from it.
          .where(sql<boolean>`(r.status <> 'declined' or r.round_id is not null)`)
          .offset(sql.lit(0))
          .as('fresh'),
      )
      .selectAll()
      .orderBy('id', 'desc')
      .limit(sql.lit(limit)),
  )
/** What is told, and for how long. */
export interface Since {
  /** News. */
  readonly fresh: Date
  /** A need that somebody has in hand again: until they ask somebody else for the same, or the case is closed. */
  readonly open: Date
}
/** Nobody else was asked for this since, and the case goes on. */
export const stillOpen = (
  about: 'r' | 'o',
  asked: 'r.sent_at' | 'o.ended_at',
) => sql<boolean>`f.status is distinct from 'closed'
  and not exists (select 1 from referrals.referral x where x.case_id = ${sql.ref(`${about}.case_id`)}
    and x.service is not distinct from ${sql.ref(`${about}.service`)} and x.sent_at > ${sql.ref(asked)} and x.status <> 'revoked')`
/**
 * A no, and a question that ran out, where no other is asked by rule. Each by itself, so that each goes by the index of what it looks for.
 */
export async function listUnmet(read: Read, sender: Sender, { fresh, open }: Since, limit: number) {
  const [declined, expired] = await Promise.all(
    (['answered_at', 'expires_at'] as const).map(at =>
      read.all(
        sentBy(sender)
          .select(['r.status as code', `r.${at} as due`])
          .where(at === 'answered_at' ? sql<boolean>`r.status = 'declined'` : sql<boolean>`r.status = 'expired'`)
          .where(`r.${at}`, '>=', open)
          .where('r.round_id', 'is', null)
          .where(eb => eb.or([eb(`r.${at}`, '>=', fresh), stillOpen('r', 'r.sent_at')]))
          .orderBy(`r.${at}`, 'desc')
          .limit(sql.lit(limit)),
      ),
    ),
  )
  return [...declined!, ...expired!]
}
/** Help that this organisation said yes to, and who asked ended: somebody may still wait for the person, or keep a place. */
export const listEndedByAsker = (read: Read, organisation: string, since: Date, limit: number) =>
  read.all(
    db
      .selectFrom('referrals.referral as r')
      .select(['r.id', 'r.urgency', 'r.version', 'r.finished_at as due'])
      // The case is closed to them.
      .select([
        sql<string>`'ended-by-asker'`.as('code'),
        sql<null>`null`.as('case_id'),
        sql<null>`null`.as('reference'),
      ])
      .where('r.to_organisation', '=', organisation)
      .where(sql<boolean>`r.ended_by_asker`)
      .where('r.finished_at', '>=', since)
      .orderBy('r.finished_at', 'desc')
      .limit(sql.lit(limit)),
  )
