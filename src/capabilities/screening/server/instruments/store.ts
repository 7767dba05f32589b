import type { Selectable } from 'kysely'
import { db, sql } from '#platform/db/builder.ts'
import { insertOf, type Read, type Tx } from '#platform/db/context.ts'
import type { Tables } from '#platform/db/tables.ts'
import type { Instrument } from '../../instrument.ts'

export type InstrumentRecord = Selectable<Tables['screening.instrument']>

const all = () => db.selectFrom('screening.instrument').selectAll()

/** Every version that this reader sees, the newest of each code first; never the sheet itself is large. */
export const list = (read: Read, country: string): Promise<InstrumentRecord[]> =>
  read.all(
    all()
      .where('country', '=', country)
      .orderBy('code')
      .orderBy(sql`coalesce(published_at, made_at)`, 'desc')
      .limit(500),
  )

export const find = (
  read: Read,
  country: string,
  code: string,
  version: string,
): Promise<InstrumentRecord | undefined> =>
  read.maybe(all().where('country', '=', country).where('code', '=', code).where('version', '=', version))

/** The one that people use now. */
export const findPublished = (read: Read, country: string, code: string): Promise<InstrumentRecord | undefined> =>
  read.maybe(
    all()
      .where('country', '=', country)
      .where('code', '=', code)
      .where('status', '=', 'published')
      .orderBy('published_at', 'desc')
      .limit(1),
  )

/** Everything that was published under a code, withdrawn or not. */
export const listPublished = (read: Read, country: string, code: string): Promise<InstrumentRecord[]> =>
  read.all(
    all()
      .where('country', '=', country)
      .where('code', '=', code)
      .where('published_at', 'is not', null)
      .orderBy('published_at', 'desc')
      .limit(100),
  )

const columns = ({ form, rules, about }: Instrument) => ({
  definition: JSON.stringify(form),
  rules: JSON.stringify(rules),
  about: JSON.stringify(about),
})

export const insertDraft = (tx: Tx, country: string, instrument: Instrument, by: string): Promise<void> =>
  tx.insert(
    insertOf('screening.instrument', {
      country,
      code: instrument.form.id,
      version: instrument.form.version,
      ...columns(instrument),
      made_by: by,
    }),
  )

/** Puts another sheet in a draft's place; whoever brings it is its maker. 0 when it is a draft no more. */
export const replaceDraft = (
  tx: Tx,
  { country, code, version, revision }: InstrumentRecord,
  instrument: Instrument,
  by: string,
  now: Date,
): Promise<number> =>
  tx.run(
    db
      .updateTable('screening.instrument')
      .set({ ...columns(instrument), made_by: by, made_at: now, revision: revision + 1 })
      .where('country', '=', country)
      .where('code', '=', code)
      .where('version', '=', version)
      .where('revision', '=', revision)
      .where('status', '=', 'draft'),
  )

type Change = Partial<
  Pick<InstrumentRecord, 'status' | 'published_by' | 'published_at' | 'withdrawn_by' | 'withdrawn_at'>
>
/** Changes a version's status on the revision it was read at; 0 when it has moved on. */
export const change = (
  tx: Tx,
  { country, code, version }: InstrumentRecord,
  revision: number,
  changes: Change,
): Promise<number> =>
  tx.run(
    db
      .updateTable('screening.instrument')
      .set({ ...changes, revision: revision + 1 })
      .where('country', '=', country)
      .where('code', '=', code)
      .where('version', '=', version)
      .where('revision', '=', revision),
  )
