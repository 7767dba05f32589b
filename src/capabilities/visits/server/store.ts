import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'

export const findCode = (read: Read, caseId: string) =>
  read.maybe(
    db
      .selectFrom('visits.code as c')
      .leftJoin('auth.account as p', 'p.id', 'c.made_by')
      .select(['c.id', 'c.watched', 'c.lasts', 'c.made_at', 'c.until', 'c.used_at', 'c.ended_at', 'p.name'])
      .select(sql<boolean>`c.until <= now()`.as('over'))
      .where('c.case_id', '=', caseId)
      .orderBy('c.made_at', 'desc')
      .limit(1),
  )
export interface NewCode {
  readonly id: string
  readonly caseId: string
  readonly lookup: Buffer
  readonly watched: string
  readonly lasts: string
  readonly until: Date
}
/** A function of the database, which asks again who asks; as {@link revokeCode}. */
export const makeCode = (tx: Tx, one: NewCode): Promise<number> =>
  tx.run(
    sql`select visits.make_code(${one.id}::uuid, ${one.caseId}::uuid, ${one.lookup}, ${one.watched}, ${one.lasts}, ${one.until})`,
  )
/** Answers 0 when it was over already, or is none of this case. */
export const revokeCode = async (tx: Tx, caseId: string, id: string): Promise<number> =>
  (
    await tx.maybe(
      sql<{ touched: number }>`select visits.revoke_code(c.id) as touched from visits.code c
                               where c.id = ${id}::uuid and c.case_id = ${caseId}::uuid`,
    )
  )?.touched ?? 0

/** Everything that the person asked, the first first; those that the fence shows. */
export const listQuestions = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('visits.question as q')
      .leftJoin('auth.account as p', 'p.id', 'q.answered_by')
      .selectAll('q')
      .select('p.name')
      .where('q.case_id', '=', caseId)
      .orderBy('q.asked_at')
      .orderBy('q.id'),
  )
/** Answers 0 when somebody answered already. */
export const answer = (
  tx: Tx,
  caseId: string,
  id: string,
  version: number,
  change: { sealed_answer: Buffer; answered_by: string; answered_at: Date },
): Promise<number> =>
  tx.run(
    db
      .updateTable('visits.question')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('case_id', '=', caseId)
      .where('version', '=', version)
      .where('answered_at', 'is', null),
  )
export const findQuestion = (read: Read, caseId: string, id: string) =>
  read.maybe(
    db.selectFrom('visits.question').select(['id', 'version']).where('id', '=', id).where('case_id', '=', caseId),
  )

export const listChecks = (read: Read, caseId: string) =>
  read.all(
    db.selectFrom('visits.safety_check').selectAll().where('case_id', '=', caseId).orderBy('at', 'desc').limit(20),
  )
/** Answers 0 when somebody has seen it, or it is none of this case. */
export const noteCheck = (tx: Tx, caseId: string, id: string, by: string, now: Date): Promise<number> =>
  tx.run(
    db
      .updateTable('visits.safety_check')
      .set({ seen_by: by, seen_at: now })
      .where('id', '=', id)
      .where('case_id', '=', caseId)
      .where('seen_at', 'is', null),
  )

// The person's side. Each of these is a function of the database that finds the case by the visit's own token, or a
// statement whose policies do.

export const open = async (tx: Tx, lookup: Buffer, id: string, token: Buffer): Promise<string | undefined> =>
  (await tx.maybe(sql<{ open: string }>`select * from visits.open(${lookup}, ${id}::uuid, ${token}) as open`))?.open
export const takeStep = async (tx: Tx, token: Buffer, step: number): Promise<number | undefined> =>
  (await tx.maybe(sql<{ next: number }>`select * from visits.take_step(${token}, ${step}::int) as next`))?.next
/** From now on the transaction is of this visit. */
export const enterAs = (tx: Tx, token: Buffer): Promise<number> =>
  tx.run(sql`select set_config('samaan.visit', ${token.toString('hex')}, true)`)

export interface Standing {
  readonly case_id: string
  readonly country: string
  readonly status: string
  readonly identification: string
  readonly slot: number
  readonly coordinated: boolean
  readonly explained_by: string
}
export const standing = (read: Read): Promise<Standing | undefined> =>
  read.maybe(
    sql<Standing>`select case_id, country, status, identification, slot, coordinated, explained_by from visits.standing()`,
  )
export const recipientKinds = async (read: Read): Promise<Map<string, string>> =>
  new Map(
    (
      await read.all(
        sql<{ organisation_id: string; kind: string }>`select organisation_id, kind from visits.kinds_of_recipients()`,
      )
    ).map(one => [one.organisation_id, one.kind]),
  )
/** A question that came already is the same question. */
export const ask = (tx: Tx, id: string, caseId: string, sealed: Buffer): Promise<number> =>
  tx.run(
    db
      .insertInto('visits.question')
      .values({ id, case_id: caseId, sealed })
      .onConflict(c => c.doNothing()),
  )
export const ownQuestions = (read: Read, caseId: string) =>
  read.all(
    db
      .selectFrom('visits.question')
      .select(['id', 'sealed', 'sealed_answer'])
      .where('case_id', '=', caseId)
      .orderBy('asked_at')
      .orderBy('id'),
  )
export const check = (tx: Tx, id: string, caseId: string, safe: string | null, contact: boolean): Promise<number> =>
  tx.run(
    db
      .insertInto('visits.safety_check')
      .values({ id, case_id: caseId, safe, contact })
      .onConflict(c => c.doNothing()),
  )
export const markRead = (tx: Tx): Promise<number> => tx.run(sql`select visits.mark_read()`)
export const endVisit = (tx: Tx): Promise<number> => tx.run(sql`select visits.end_visit()`)

export const countFailure = (tx: Tx, buckets: readonly Buffer[]): Promise<number> =>
  tx.run(sql`select visits.count_failure(${[...buckets]}::bytea[])`)
export const failuresOf = async (read: Read, buckets: readonly Buffer[]): Promise<number[]> =>
  (await read.all(sql<{ n: number }>`select * from visits.failures(${[...buckets]}::bytea[]) as n`)).map(one => one.n)
