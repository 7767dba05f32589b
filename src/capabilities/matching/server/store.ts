import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

// Possible matches are read and written through functions of the database, which look at who asks; no role of the application
// has a right to their tables.

export interface MatchRow {
  readonly id: string
  readonly why: string[]
  readonly strength: string
  readonly state: string
  readonly found_at: Date
  readonly version: number
}
export interface QueueRow extends MatchRow {
  readonly judged_at: Date | null
  readonly judged_by: string | null
}
export const listQueue = (
  read: Read,
  judged: boolean,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<QueueRow[]> =>
  read.all(sql<QueueRow>`select * from matching.queue(${judged}::boolean, ${after ?? null}::uuid, ${limit}::int)`)

export interface SideRow extends MatchRow {
  readonly case_id: string
  readonly slot: number
  readonly sealed: Buffer | null
  readonly held: boolean
  readonly child: boolean
  readonly sector: string | null
  readonly made_on: string
}
/** The two records of a match; none unless who asks may judge it. */
export const listSides = (read: Read, match: string): Promise<SideRow[]> =>
  read.all(sql<SideRow>`select * from matching.sides(${match}::uuid)`)
export interface JudgementRow {
  readonly id: string
  readonly outcome: string
  readonly sealed: Buffer
  readonly by_account: string
  readonly at: Date
}
export const listJudgements = (read: Read, match: string): Promise<JudgementRow[]> =>
  read.all(sql<JudgementRow>`select * from matching.judgements(${match}::uuid)`)

const touched = async (tx: Tx, call: ReturnType<typeof sql<{ touched: number }>>): Promise<number> =>
  (await tx.one(call)).touched
export const judge = (tx: Tx, id: string, match: string, version: number, outcome: string, sealed: Buffer) =>
  touched(
    tx,
    sql<{
      touched: number
    }>`select matching.judge(${id}::uuid, ${match}::uuid, ${version}::int, ${outcome}, ${sealed}) as touched`,
  )

/** Whether who asks has a right to a case that their unit holds. */
export const holds = async (read: Read, caseId: string): Promise<boolean> =>
  (await read.one(sql<{ yes: boolean }>`select matching.holds(${caseId}::uuid) as yes`)).yes
export interface Folder {
  readonly id: string
  readonly reference: string
  readonly slot: number
}
/** The case of a reference, where who asks has a right to it. */
export const findHeld = (read: Read, reference: string): Promise<Folder | undefined> =>
  read.maybe(
    sql<Folder>`select f.id, f.reference, f.key_slot as slot from cases.folder f
      where f.reference = ${reference.trim()} and f.country = current_setting('samaan.country', true) and matching.holds(f.id)`,
  )
/** Reference and key slot of cases that who asks sees. */
export async function foldersOf(read: Read, ids: readonly string[]): Promise<ReadonlyMap<string, Folder>> {
  if (ids.length === 0) return new Map()
  const rows = await read.all(
    db
      .selectFrom('cases.folder')
      .select(['id', 'reference', 'key_slot as slot'])
      .where('id', 'in', [...new Set(ids)]),
  )
  return new Map(rows.map(row => [row.id, row]))
}
/** Records of the same person: by id and reference where who asks has a right to them. */
export const listTold = (read: Read, caseId: string) =>
  read.all(
    sql<{ match_id: string; other: string | null; reference: string | null }>`
      select * from matching.told_of(${caseId}::uuid)`,
  )

const merges = () => db.selectFrom('matching.merge').selectAll()
export type MergeRow = Awaited<ReturnType<typeof listMerges>>[number]
export const listMerges = (read: Read, caseId: string) =>
  read.all(
    merges()
      .where(eb => eb.or([eb('lead_case', '=', caseId), eb('away_case', '=', caseId)]))
      .orderBy('id', 'desc'),
  )
export const findMerge = (read: Read, id: string): Promise<MergeRow | undefined> =>
  read.maybe(merges().where('id', '=', id))
/** @throws (as conflict) when one of them is in a merge already, or waits for a second person */
export const proposeMerge = (tx: Tx, id: string, lead: string, away: string, sealed: Buffer) =>
  tx.run(sql`select matching.propose(${id}::uuid, ${lead}::uuid, ${away}::uuid, ${sealed})`)
export const answerMerge = (tx: Tx, id: string, version: number, answer: string): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select matching.answer(${id}::uuid, ${version}::int, ${answer}) as touched`)
export const undoMerge = (tx: Tx, id: string, version: number, sealed: Buffer): Promise<number> =>
  touched(tx, sql<{ touched: number }>`select matching.undo(${id}::uuid, ${version}::int, ${sealed}) as touched`)

/** The case that one was brought together with. */
export const findLead = (read: Read, caseId: string) =>
  read.maybe(
    db
      .selectFrom('policy.case_merged')
      .select(['lead_case as id', 'lead_reference as reference'])
      .where('case_id', '=', caseId),
  )
/** Cases that lead to this one, as far as who asks has a right to them. */
export const listLed = (read: Read, caseId: string): Promise<Folder[]> =>
  read.all(
    sql<Folder>`select f.id, f.reference, f.key_slot as slot from policy.case_merged m join cases.folder f on f.id = m.case_id
      where m.lead_case = ${caseId}::uuid and matching.holds(f.id) order by m.at`,
  )
/** Time limits that stand still in a case that leads to another. */
export const listStill = (read: Read, caseId: string) =>
  read.all(sql<{ id: string; kind: string; due_at: Date }>`select * from matching.still_clocks(${caseId}::uuid)`)

export type LinkRow = Awaited<ReturnType<typeof listLinks>>[number]
export const listLinks = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('matching.link')
      .selectAll()
      .where('ended_at', 'is', null)
      .where(eb => eb.or([eb('case_a', '=', caseId), eb('case_b', '=', caseId)]))
      .orderBy('id', 'desc'),
  )
export const findLink = (read: Read, id: string): Promise<LinkRow | undefined> =>
  read.maybe(db.selectFrom('matching.link').selectAll().where('id', '=', id).where('ended_at', 'is', null))
export interface NewLink {
  readonly id: string
  readonly country: string
  readonly case_a: string
  readonly case_b: string
  readonly kind: string
  readonly sealed: Buffer | null
  readonly by_account: string
}
export const insertLink = (tx: Tx, row: NewLink): Promise<number> => tx.run(db.insertInto('matching.link').values(row))
export const endLink = (tx: Tx, id: string, version: number, by: string, at: Date, sealed: Buffer): Promise<number> =>
  tx.run(
    db
      .updateTable('matching.link')
      .set({ ended_by: by, ended_at: at, sealed_end: sealed, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .where('ended_at', 'is', null),
  )

/** Compares cases that changed, as the jobs' role. @returns how many */
export const compareChanged = async (tx: Tx, most: number): Promise<number> =>
  (await tx.one(sql<{ done: number }>`select matching.compare(${most}::int) as done`)).done
