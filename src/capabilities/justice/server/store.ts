import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'

export interface Paged {
  readonly after?: string | undefined
  readonly limit: number
}
type LeadColumns = Selectable<Tables['justice.lead']>

const leads = () =>
  db
    .selectFrom('justice.lead as l')
    .leftJoin('auth.account as i', 'i.id', 'l.investigator')
    .leftJoin('justice.lead_content as c', 'c.lead_id', 'l.id')
    .selectAll('l')
    .select(['i.name as investigator_name', 'c.sealed'])
export type LeadRow = Awaited<ReturnType<typeof listLeads>>[number]

export interface LeadFilter extends Paged {
  readonly status?: string | undefined
  readonly about?: string | undefined
  readonly investigator?: string | undefined
  /** Each lead carries at least one term of every group. */
  readonly groups: readonly (readonly Buffer[])[]
  readonly reference?: string | undefined
}
/** Leads that the fence shows, newest first. */
export function listLeads(read: Read, filter: LeadFilter) {
  let query = leads().orderBy('l.id', 'desc').limit(sql.lit(filter.limit))
  if (filter.status) query = query.where('l.status', '=', filter.status)
  if (filter.about) query = query.where(sql<boolean>`${filter.about} = any (l.about)`)
  if (filter.investigator) query = query.where('l.investigator', '=', filter.investigator)
  if (filter.reference) query = query.where('l.reference', '=', filter.reference)
  if (filter.after) query = query.where('l.id', '<', filter.after)
  for (const group of filter.groups)
    query = query.where(
      sql<boolean>`exists (select from justice.lead_term t where t.lead_id = l.id and t.term = any (${group}::bytea[]))`,
    )
  return read.all(query)
}
export const findLead = (read: Read, id: string): Promise<LeadRow | undefined> =>
  read.maybe(leads().where('l.id', '=', id))
export const findSource = (read: Read, lead: string) =>
  read.maybe(db.selectFrom('justice.lead_source').select('sealed').where('lead_id', '=', lead))
export const listNotes = (read: Read, lead: string) =>
  read.all(
    db
      .selectFrom('justice.lead_note as n')
      .leftJoin('auth.account as p', 'p.id', 'n.by_account')
      .select(['n.id', 'n.at', 'n.sealed', 'p.name'])
      .where('n.lead_id', '=', lead)
      .orderBy('n.at')
      .orderBy('n.id'),
  )
export const listFiles = (read: Read, lead: string) =>
  read.all(
    db
      .selectFrom('justice.lead_file as f')
      .leftJoin('auth.account as p', 'p.id', 'f.by_account')
      .selectAll('f')
      .select('p.name as by_name')
      .where('f.lead_id', '=', lead)
      .orderBy('f.id'),
  )
export type ListedFile = Awaited<ReturnType<typeof listFiles>>[number]
/** @throws Problem not-found */
export const getFile = (read: Read, lead: string, id: string) =>
  read.one(db.selectFrom('justice.lead_file').selectAll().where('id', '=', id).where('lead_id', '=', lead))
export const insertFile = (tx: Tx, row: Insertable<Tables['justice.lead_file']>): Promise<void> =>
  tx.insert(insertOf('justice.lead_file', row))
export const listShares = (read: Read, lead: string) =>
  read.all(
    db
      .selectFrom('justice.lead_share as h')
      .leftJoin('auth.account as p', 'p.id', 'h.account_id')
      .select(['h.id', 'h.account_id', 'h.source', 'h.at', 'h.ended_at', 'p.name'])
      .where('h.lead_id', '=', lead)
      .orderBy('h.at'),
  )

/** The steps of the criminal track, the first first. */
export const listSteps = (read: Read, lead: string) =>
  read.all(
    db
      .selectFrom('justice.proceeding_step as s')
      .leftJoin('auth.account as p', 'p.id', 's.by_account')
      .select(['s.step', 's.state', 's.on_day', 's.at', 'p.name'])
      .where('s.lead_id', '=', lead)
      .orderBy('s.step'),
  )
/** Adds the next step; 0 when somebody else was first. */
export const insertStep = (tx: Tx, row: Insertable<Tables['justice.proceeding_step']>): Promise<number> =>
  tx.run(
    db
      .insertInto('justice.proceeding_step')
      .values(row)
      .onConflict(conflict => conflict.columns(['lead_id', 'step']).doNothing()),
  )

export const insertLead = (tx: Tx, row: Insertable<Tables['justice.lead']>): Promise<number> =>
  tx.run(db.insertInto('justice.lead').values(row))
interface OfLead {
  readonly lead_id: string
  readonly organisation_id: string
  readonly sealed: Buffer
}
export const insertContent = (tx: Tx, row: OfLead): Promise<void> => tx.insert(insertOf('justice.lead_content', row))
export const changeContent = (tx: Tx, lead: string, sealed: Buffer): Promise<number> =>
  tx.run(db.updateTable('justice.lead_content').set({ sealed }).where('lead_id', '=', lead))
/** Writes the source, or, empty, writes over the one there was. */
export const putSource = (tx: Tx, row: OfLead): Promise<number> =>
  tx.run(
    db
      .insertInto('justice.lead_source')
      .values(row)
      .onConflict(conflict => conflict.column('lead_id').doUpdateSet({ sealed: row.sealed })),
  )
export const insertNote = (tx: Tx, row: Insertable<Tables['justice.lead_note']>): Promise<number> =>
  tx.run(db.insertInto('justice.lead_note').values(row))
/** The blind terms that a lead is found by, instead of those it had. */
export async function putTerms(tx: Tx, lead: string, body: string, terms: readonly Buffer[]): Promise<void> {
  await tx.run(db.deleteFrom('justice.lead_term').where('lead_id', '=', lead))
  if (terms.length > 0)
    await tx.run(
      sql`insert into justice.lead_term (term, lead_id, organisation_id)
        select distinct t, ${lead}::uuid, ${body}::uuid from unnest(${terms}::bytea[]) as t`,
    )
}
/** Changes a lead on the version it was read at; 0 when it has moved on. */
export const changeLead = (
  tx: Tx,
  id: string,
  version: number,
  change: Partial<
    Pick<
      LeadColumns,
      'about' | 'source_grade' | 'information_grade' | 'handling' | 'status' | 'closed_for' | 'investigator'
    >
  >,
): Promise<number> =>
  tx.run(
    db
      .updateTable('justice.lead')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )
/** @throws (as not-found) unless the lead may be shared, and with that person */
export const shareLead = (tx: Tx, id: string, lead: string, account: string, source: boolean): Promise<number> =>
  tx.run(sql`select justice.share_lead(${id}::uuid, ${lead}::uuid, ${account}::uuid, ${source}::boolean)`)

const touched = async (tx: Tx, call: ReturnType<typeof sql<{ touched: number }>>): Promise<number> =>
  (await tx.one(call)).touched
export const endLeadShare = (tx: Tx, id: string, lead: string): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select justice.end_lead_share(${id}::uuid, ${lead}::uuid) as touched`)

export const listBars = (read: Read, lead: string) =>
  read.all(
    db
      .selectFrom('justice.lead_bar as b')
      .leftJoin('auth.account as p', 'p.id', 'b.account_id')
      .leftJoin('auth.account as w', 'w.id', 'b.by_account')
      .select(['b.id', 'b.account_id', 'b.reason', 'b.by_account', 'b.at', 'b.ended_at', 'p.name', 'w.name as by_name'])
      .where('b.lead_id', '=', lead)
      .orderBy('b.at'),
  )
export const findBar = (read: Read, id: string, lead: string) =>
  read.maybe(
    db
      .selectFrom('justice.lead_bar')
      .select('by_account')
      .where('id', '=', id)
      .where('lead_id', '=', lead)
      .where('ended_at', 'is', null),
  )
/** @throws (as not-found) unless the closer works on the lead, and that person could meet it */
export const barFromLead = (tx: Tx, id: string, lead: string, account: string, reason: string): Promise<number> =>
  tx.run(sql`select justice.bar_from_lead(${id}::uuid, ${lead}::uuid, ${account}::uuid, ${reason})`)
export const endLeadBar = (tx: Tx, id: string, lead: string): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select justice.end_lead_bar(${id}::uuid, ${lead}::uuid) as touched`)

/** Investigators, prosecutors and supervisors of the country. */
export const listPeople = (read: Read) =>
  read.all(
    db
      .selectFrom('auth.assignment as s')
      .innerJoin('auth.account as p', 'p.id', 's.account_id')
      .innerJoin('directory.organisation as o', 'o.id', 's.organisation_id')
      .select(['p.id as account', 'p.name', 's.role', 'o.id as organisation', 'o.name as organisation_name'])
      .distinct()
      .where('s.role', 'in', ['investigator', 'prosecutor', 'supervisor'])
      .where('s.confirmed_at', 'is not', null)
      .where('s.until', '>', sql<Date>`now()`)
      .where('p.status', '=', 'active')
      .orderBy('p.name')
      .limit(500),
  )
/** Whether people may be named in an order to a body. */
export const mayName = async (read: Read, body: string, accounts: readonly string[]): Promise<boolean> =>
  (await read.one(sql<{ yes: boolean }>`select justice.may_name(${body}::uuid, ${accounts}::uuid[]) as yes`)).yes

const orders = () =>
  db
    .selectFrom('justice.court_order as o')
    .leftJoin('auth.account as b', 'b.id', 'o.by_account')
    .leftJoin('auth.account as s', 's.id', 'o.second_by')
    .leftJoin('auth.account as r', 'r.id', 'o.revoked_by')
    .leftJoin('directory.organisation as g', 'g.id', 'o.organisation_id')
    .selectAll('o')
    .select(['b.name as by_name', 's.name as second_name', 'r.name as revoked_name', 'g.name as organisation'])
    .select(sql<boolean>`o.state = 'confirmed' and o.until_at > now()`.as('live'))
export type OrderRow = Awaited<ReturnType<typeof listOrders>>[number]
export const listOrders = (read: Read, caseId: string) =>
  read.all(orders().where('o.case_id', '=', caseId).orderBy('o.at', 'desc').limit(100))
/** Orders that open something to the reader now. */
export const listOrdersFor = (read: Read): Promise<OrderRow[]> =>
  read.all(orders().where('o.state', '=', 'confirmed').orderBy('o.at', 'desc').limit(100))
export const findOrder = (read: Read, id: string): Promise<OrderRow | undefined> =>
  read.maybe(orders().where('o.id', '=', id))

const interests = () =>
  db
    .selectFrom('justice.vital_interest as v')
    .leftJoin('auth.account as b', 'b.id', 'v.by_account')
    .leftJoin('auth.account as s', 's.id', 'v.second_by')
    .leftJoin('auth.account as t', 't.id', 'v.account_id')
    .leftJoin('directory.organisation as g', 'g.id', 'v.organisation_id')
    .selectAll('v')
    .select(['b.name as by_name', 's.name as second_name', 't.name as to_name', 'g.name as organisation'])
    .select(
      sql<boolean>`v.until_at > now() and (v.state = 'upheld' and v.second_at <= v.at + interval '24 hours'
        or v.state = 'open' and v.at > now() - interval '24 hours')`.as('live'),
    )
export type InterestRow = Awaited<ReturnType<typeof listInterests>>[number]
export const listInterests = (read: Read, caseId: string) =>
  read.all(interests().where('v.case_id', '=', caseId).orderBy('v.at', 'desc').limit(100))
export const listInterestsFor = (read: Read): Promise<InterestRow[]> =>
  read.all(interests().orderBy('v.at', 'desc').limit(100))
export const findInterest = (read: Read, id: string): Promise<InterestRow | undefined> =>
  read.maybe(interests().where('v.id', '=', id))

const agreed = () =>
  db
    .selectFrom('policy.case_glimpse as g')
    .innerJoin('cases.folder as f', 'f.id', 'g.case_id')
    .select(['g.basis_id as id', 'g.case_id', 'g.compartments', 'g.until as until_at', 'f.key_slot', 'f.reference'])
    .where('g.basis', '=', 'consent')
    .where('g.until', '>', sql<Date>`now()`)
export type AgreedRow = Awaited<ReturnType<typeof listAgreedFor>>[number]
/** Who wants the reader to know who they are: of the ledger itself police read nothing. */
export const listAgreedFor = (read: Read) => read.all(agreed().orderBy('g.basis_id', 'desc').limit(100))
export const findAgreed = (read: Read, id: string): Promise<AgreedRow | undefined> =>
  read.maybe(agreed().where('g.basis_id', '=', id))
/** @throws (as not-found) unless the yes was just written down by who is in charge, and those named may be */
export const openByConsent = (tx: Tx, consent: string): Promise<number> =>
  tx.run(sql`select justice.open_by_consent(${consent}::uuid)`)

export interface NewOrder {
  readonly id: string
  readonly caseId: string
  readonly sealed: Buffer
  readonly madeOn: string
  readonly compartments: number
  readonly purposes: readonly string[]
  readonly organisation: string
  readonly named: readonly string[]
  readonly from: string
  readonly until: string
  readonly attachment: string | undefined
}
/** @throws (as not-found) unless the writer and those named may */
export const recordOrder = (tx: Tx, one: NewOrder): Promise<number> =>
  tx.run(
    sql`select justice.record_order(${one.id}::uuid, ${one.caseId}::uuid, ${one.sealed}, ${one.madeOn}::date,
      ${one.compartments}::int, ${one.purposes}::text[], ${one.organisation}::uuid, ${one.named}::uuid[],
      ${one.from}::timestamptz, ${one.until}::timestamptz, ${one.attachment ?? null}::uuid)`,
  )
export const answerOrder = (tx: Tx, id: string, version: number, answer: string): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select justice.answer_order(${id}::uuid, ${version}::int, ${answer}) as touched`)
export const revokeOrder = (tx: Tx, id: string, version: number): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select justice.revoke_order(${id}::uuid, ${version}::int) as touched`)

export interface NewInterest {
  readonly id: string
  readonly caseId: string
  readonly reason: string
  readonly sealed: Buffer
  readonly compartments: number
  readonly organisation: string
  readonly account: string
  readonly until: string
}
/** @throws (as not-found) unless the writer and whom it is given to may */
export const recordInterest = (tx: Tx, one: NewInterest): Promise<number> =>
  tx.run(
    sql`select justice.record_interest(${one.id}::uuid, ${one.caseId}::uuid, ${one.reason}, ${one.sealed},
      ${one.compartments}::int, ${one.organisation}::uuid, ${one.account}::uuid, ${one.until}::timestamptz)`,
  )
export const reviewInterest = (tx: Tx, id: string, version: number, outcome: string): Promise<number> =>
  touched(
    tx,
    sql<{ touched: number }>`select justice.review_interest(${id}::uuid, ${version}::int, ${outcome}) as touched`,
  )

const receipts = () =>
  db
    .selectFrom('justice.receipt as r')
    .leftJoin('auth.account as p', 'p.id', 'r.account_id')
    .leftJoin('directory.organisation as g', 'g.id', 'r.organisation_id')
    .selectAll('r')
    .select(['p.name', 'g.name as organisation'])
export type ReceiptRow = Awaited<ReturnType<typeof listReceiptsOfCase>>[number]
export const listReceiptsOfCase = (read: Read, caseId: string) =>
  read.all(receipts().where('r.case_id', '=', caseId).orderBy('r.at', 'desc').limit(500))
export const listReceiptsOf = (read: Read, account: string, { after, limit }: Paged): Promise<ReceiptRow[]> =>
  read.all(
    receipts()
      .where('r.account_id', '=', account)
      .$if(after !== undefined, q => q.where('r.id', '<', after!))
      .orderBy('r.id', 'desc')
      .limit(sql.lit(limit)),
  )
export const findReceipt = (read: Read, id: string, basis: string): Promise<ReceiptRow | undefined> =>
  read.maybe(receipts().where('r.id', '=', id).where('r.basis_id', '=', basis))
/** @throws (as not-found) unless what it is of is open to the receiver now */
export const insertReceipt = (tx: Tx, row: Insertable<Tables['justice.receipt']>): Promise<number> =>
  tx.run(db.insertInto('justice.receipt').values(row))

/** References of cases that the fence shows. */
export const referencesOf = async (read: Read, cases: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  cases.length === 0
    ? new Map()
    : new Map(
        (
          await read.all(
            db
              .selectFrom('cases.folder')
              .select(['id', 'reference'])
              .where('id', 'in', [...new Set(cases)]),
          )
        ).map(row => [row.id, row.reference]),
      )
