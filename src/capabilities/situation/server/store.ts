import type { Insertable, Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import type { Read, Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { AssessmentState, Said, Subject } from '../contract.ts'

type Row = Selectable<Tables['situation.assessment']>
export type AssessmentFound = Omit<Row, 'state' | 'subject' | 'answers'> & {
  readonly state: AssessmentState
  readonly subject: Subject
  readonly answers: Readonly<Record<string, Said>>
  readonly organisation: string | null
  readonly first_name: string
  readonly second_name: string | null
}

const found = () =>
  db
    .selectFrom('situation.assessment as a')
    .leftJoin('directory.organisation as o', 'o.id', 'a.organisation_id')
    .innerJoin('auth.account as f', 'f.id', 'a.first_by')
    .leftJoin('auth.account as s', 's.id', 'a.second_by')
    .selectAll('a')
    .select(['o.name as organisation', 'f.name as first_name', 's.name as second_name'])

/** What the rules need to know of one. @throws Problem not-found */
export async function assessmentFacts(read: Read, id: string) {
  const row = await read.one(
    db
      .selectFrom('situation.assessment')
      .select(['state', 'organisation_id', 'first_by', 'second_by'])
      .where('id', '=', id),
  )
  const { state, organisation_id: organisation, first_by: first, second_by: second } = row
  return { assessment: { state: state as AssessmentState, organisation, first, second } }
}
/** @throws Problem not-found */
export const getAssessment = async (read: Read, id: string): Promise<AssessmentFound> =>
  (await read.one(found().where('a.id', '=', id))) as AssessmentFound

export interface Filter {
  readonly after?: string | undefined
  readonly limit: number
  readonly subject?: Subject | undefined
  readonly organisation?: string | undefined
  readonly area?: string | undefined
  readonly state?: AssessmentState | undefined
  /** Finished, with something missing in one of these questions. */
  readonly missing?: readonly string[] | undefined
}
/** The newest first. */
export async function listAssessments(read: Read, filter: Filter): Promise<AssessmentFound[]> {
  let query = found().orderBy('a.id', 'desc').limit(sql.lit(filter.limit))
  if (filter.after) query = query.where('a.id', '<', filter.after)
  if (filter.subject) query = query.where('a.subject', '=', filter.subject)
  if (filter.organisation) query = query.where('a.organisation_id', '=', filter.organisation)
  if (filter.area) query = query.where('a.area', '=', filter.area)
  if (filter.state) query = query.where('a.state', '=', filter.state)
  if (filter.missing)
    query = query.where('a.state', '=', 'finished').where(
      sql<boolean>`exists (select 1 from jsonb_each_text(a.answers) e
          where e.key = any (${[...filter.missing]}::text[]) and e.value in ('partly', 'no'))`,
    )
  return (await read.all(query)) as AssessmentFound[]
}
/** Of each area the one that was finished last. */
export const lastOfAreas = async (read: Read): Promise<AssessmentFound[]> =>
  (await read.all(
    found()
      .distinctOn('a.area')
      .where('a.subject', '=', 'area')
      .where('a.state', '=', 'finished')
      .orderBy('a.area')
      .orderBy('a.finished_at', 'desc'),
  )) as AssessmentFound[]

export const insertAssessment = (tx: Tx, row: Insertable<Tables['situation.assessment']>): Promise<number> =>
  tx.run(db.insertInto('situation.assessment').values(row))

/** Changes what was settled, on the version it was read at; 0 when that is no longer the version. */
export const settleAssessment = (
  tx: Tx,
  { id, version }: Pick<Row, 'id' | 'version'>,
  answers: Readonly<Record<string, Said>>,
  words: Buffer,
): Promise<number> =>
  tx.run(
    db
      .updateTable('situation.assessment')
      .set({ answers: JSON.stringify(answers), sealed_words: words, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )
export const finishAssessment = (
  tx: Tx,
  { id, version }: Pick<Row, 'id' | 'version'>,
  by: string,
  at: Date,
): Promise<number> =>
  tx.run(
    db
      .updateTable('situation.assessment')
      .set({ state: 'finished', finished_by: by, finished_at: at, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version),
  )

/** 0 when it is no longer the version, or no longer open, or not the asker's to drop. */
export const dropAssessment = async (tx: Tx, id: string, version: number, reason: string): Promise<number> =>
  (
    await tx.one(
      sql<{
        touched: number
      }>`select situation.drop_assessment(${id}::uuid, ${version}::int, ${reason}) as touched`,
    )
  ).touched

export const insertSheet = (tx: Tx, row: Insertable<Tables['situation.sheet']>): Promise<number> =>
  tx.run(db.insertInto('situation.sheet').values(row))
/** The reader's own, and both once both are there. */
export const sheetsOf = (read: Read, assessment: string) =>
  read.all(db.selectFrom('situation.sheet').selectAll().where('assessment_id', '=', assessment))
/** Of which assessments among these the reader has handed in. */
export const handedIn = async (read: Read, by: string, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(
    ids.length === 0
      ? []
      : (
          await read.all(
            db
              .selectFrom('situation.sheet')
              .select('assessment_id')
              .where('by_account', '=', by)
              .where('assessment_id', 'in', [...ids]),
          )
        ).map(one => one.assessment_id),
  )
