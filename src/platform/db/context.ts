import type { Writable } from 'node:stream'
import type { CompiledQuery, Insertable } from 'kysely'
import pg from 'pg'
import { notFound } from '../problem/problem.ts'
import { db } from './builder.ts'
import type { Tables } from './tables.ts'

// Counts and versions fit a number; numeric stays text.
pg.types.setTypeParser(20, Number)
// A calendar day is a day, not an instant of some time zone.
pg.types.setTypeParser(1082, value => value)
// Every connection of ours speaks UTC; the form below is read four times as fast as by the general reader.
const general = pg.types.getTypeParser(1184)
pg.types.setTypeParser(1184, value =>
  value[10] === ' ' && value.endsWith('+00')
    ? new Date(`${value.slice(0, 10)}T${value.slice(11, -3)}Z`)
    : general(value),
)

/** Anything that compiles to one statement: a Kysely query, or sql`…`.  */
export interface Statement<Row> {
  compile(): CompiledQuery<Row>
}
interface RawStatement<Row> {
  compile(executor: typeof db): CompiledQuery<Row>
}
export type Runnable<Row> = Statement<Row> | RawStatement<Row>
/** A text with its values as a statement. */
export const statementOf = (text: string, values: readonly unknown[]): Statement<unknown> => ({
  compile: () => ({ sql: text, parameters: values }) as unknown as CompiledQuery<unknown>,
})

const names = new Map<string, string>()
/** A name for each text, so that PostgreSQL plans it once a connection. Bounded: texts come from code, not from input. */
function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (names.size >= 2000) return undefined
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

const insertTexts = new Map<string, string>()
/**
 * The insert of one row, as the builder would make it, but with its text made once for each set of columns: building
 * and compiling it anew for each row is the dearer part of a small insert. Columns that are undefined are left out.
 */
export function insertOf<T extends keyof Tables & string>(table: T, row: Insertable<Tables[T]>): Statement<unknown> {
  const columns = Object.entries(row).filter(([, value]) => value !== undefined)
  const names = columns.map(([name]) => name)
  const key = `${table} ${names.join()}`
  const sql = insertTexts.get(key) ?? textOf(table, names)
  insertTexts.set(key, sql)
  return { compile: () => ({ sql, parameters: columns.map(([, value]) => value) }) as unknown as CompiledQuery }
}
const quoted = (name: string): string => `"${name.split('.').join('"."')}"`
const textOf = (table: string, names: readonly string[]): string =>
  `insert into ${quoted(table)} (${names.map(quoted).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`

class Slot {
  readonly index: number
  constructor(index: number) {
    this.index = index
  }
}
/**
 * A query whose text does not depend on its arguments: built and compiled once, then only filled in. `build` is given
 * placeholders, so it must hand each argument straight to the query and decide nothing by it.
 */
export function fixed<Given extends unknown[], Row>(
  build: (...given: Given) => Statement<Row>,
): (...given: Given) => Statement<Row> {
  let made: CompiledQuery<Row> | undefined
  return (...given) => {
    made ??= build(...(given.map((_, i) => new Slot(i)) as Given)).compile()
    const { sql, parameters } = made
    const filled = parameters.map(one => (one instanceof Slot ? given[one.index] : one))
    return { compile: () => ({ sql, parameters: filled }) as unknown as CompiledQuery<Row> }
  }
}

type Named = { readonly name?: string; readonly text: string }
const merged = new Map<string, Named>()
/** Several inserts as one statement; the parameters of each keep their order, one after another. */
function mergeOf(parts: readonly CompiledQuery[]): Named {
  const key = parts.map(one => one.sql).join(';')
  const known = merged.get(key)
  if (known) return known
  let shift = 0
  const texts = parts.map(({ sql, parameters }) => {
    const from = shift
    shift += parameters.length
    return sql.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + from}`)
  })
  const last = texts.pop()!
  const text = `with ${texts.map((one, i) => `i${i} as (${one})`).join(', ')} ${last}`
  const name = nameOf(text)
  const made = name ? { name, text } : { text }
  if (name) merged.set(key, made)
  return made
}

/** A reading connection inside one request's transaction, with that request's row-level security settings. */
export class Read {
  readonly client: pg.ClientBase
  constructor(client: pg.ClientBase) {
    this.client = client
  }
  /** Every row. */
  async all<Row>(query: Runnable<Row>): Promise<Row[]> {
    const compiled = query.compile(db)
    const name = nameOf(compiled.sql)
    const values = compiled.parameters as unknown[]
    const result = await this.send(name ? { name, text: compiled.sql, values } : { text: compiled.sql, values })
    return result.rows as Row[]
  }
  #first: unknown
  /** Of statements on their way together the first that fails says why; what follows only says that one did (25P02). */
  protected async send(query: pg.QueryConfig): Promise<pg.QueryResult> {
    try {
      return await this.client.query(query)
    } catch (error) {
      this.#first ??= error
      throw (error as { code?: string }).code === '25P02' ? this.#first : error
    }
  }
  /** The first row, or undefined. */
  async maybe<Row>(query: Runnable<Row>): Promise<Row | undefined> {
    return (await this.all(query))[0]
  }
  /** The first row. @throws Problem not-found */
  async one<Row>(query: Runnable<Row>): Promise<Row> {
    const row = await this.maybe(query)
    if (row === undefined) throw notFound()
    return row
  }
}

/** A writing connection: the same transaction, but only commands are handed one. */
export class Tx extends Read {
  readonly #inserts: CompiledQuery[] = []
  #inserting: Promise<void> | undefined
  /** Runs a statement whose rows nobody needs; answers how many it touched. */
  async run(query: Runnable<unknown>): Promise<number> {
    const compiled = query.compile(db)
    const name = nameOf(compiled.sql)
    const values = compiled.parameters as unknown[]
    const result = await this.send(name ? { name, text: compiled.sql, values } : { text: compiled.sql, values })
    return result.rowCount ?? 0
  }
  /**
   * Inserts one or more rows that nobody reads back in this turn. Inserts asked for in one turn (`Promise.all`) become
   * one statement: half of what a small statement costs, here and in PostgreSQL, is its way there and back. So none of
   * them may depend on a row of another, but foreign keys among them hold. Other statements see them only after the turn.
   */
  insert(query: Runnable<unknown>): Promise<void> {
    this.#inserts.push(query.compile(db))
    this.#inserting ??= Promise.resolve().then(() => this.#sendInserts())
    return this.#inserting
  }
  async #sendInserts(): Promise<void> {
    const parts = this.#inserts.splice(0)
    this.#inserting = undefined
    const [first] = parts
    const named = parts.length > 1 ? mergeOf(parts) : { name: nameOf(first!.sql), text: first!.sql }
    await this.send({ ...named, values: parts.flatMap(one => one.parameters as unknown[]) } as pg.QueryConfig)
  }
}

/** The transaction-local settings that policies read. */
export interface Fence {
  readonly user: string
  readonly principals: readonly string[]
  /** The unit whose cases the request may list in codes, if any. */
  readonly organisation?: string | undefined
  readonly compartments: number
  readonly country: string
  readonly role: string
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The one text that opens a transaction with its fence. Sent as a simple query to save round trips, so every value is
 * checked against its closed form first: uuids, three capitals, a role's name, a whole number.
 */
export function openText(fence: Fence | undefined, write: boolean): string {
  const begin = write ? 'begin' : 'begin read only'
  if (!fence) return begin
  const ids = [fence.user, ...fence.principals, ...(fence.organisation ? [fence.organisation] : [])]
  if (!ids.every(one => uuid.test(one)) || !/^[A-Z]{3}$/.test(fence.country) || !/^[a-z-]+$/.test(fence.role))
    throw new Error('a fence holds ids and codes only')
  return `${begin}; select set_config('samaan.user','${fence.user}',true), set_config('samaan.principals','{${fence.principals.join(',')}}',true), set_config('samaan.organisation','${fence.organisation ?? ''}',true), set_config('samaan.compartments','${Math.trunc(fence.compartments)}',true), set_config('samaan.country','${fence.country}',true), set_config('samaan.role','${fence.role}',true)`
}

/**
 * A pool for one role. `size` connections at most; a waiting request is refused after 5 s.
 * With `pipeline`, statements leave without waiting for the answer to the one before (no cursors then). With `fenced`,
 * each named statement is planned once a connection: behind the policies a plan takes longer than most statements run,
 * and none of ours needs another one for other values (lists carry their length as part of the text).
 */
export function pool(
  url: string,
  size: number,
  name: string,
  { fenced, ...options }: { pipeline?: boolean; fenced?: boolean } = {},
): pg.Pool {
  const made = new pg.Pool({
    ...options,
    ...(fenced ? { options: '-c plan_cache_mode=force_generic_plan' } : {}),
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    application_name: name,
    keepAlive: true,
  })
  // A connection that dies while idle is replaced; the next request says so if the database is away.
  made.on('error', () => {})
  // One that dies at work says so to the statement under way, and to the next; without a listener it would end the process.
  made.on('connect', client => {
    client.on('error', () => {})
  })
  if (options.pipeline) made.on('connect', gatherWrites)
  return made
}

/**
 * Statements asked for in one turn leave in one write: without this each is a system call of its own, here and in
 * PostgreSQL.
 */
function gatherWrites(client: pg.PoolClient): void {
  const { connection } = client as unknown as { connection: { stream: Writable } }
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const gathered = (...given: unknown[]): unknown => {
    const { stream } = connection
    if (stream.writableCorked === 0) {
      stream.cork()
      process.nextTick(() => stream.uncork())
    }
    return query(...given)
  }
  client.query = gathered as typeof client.query
}

/** Runs work in a transaction of its own, outside any request (jobs, sign-in, tools). */
export async function inTransaction<T>(
  source: pg.Pool,
  fence: Fence | undefined,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const client = await source.connect()
  let broken = false
  try {
    await client.query(openText(fence, true))
    const tx = new Tx(client)
    const result = await work(tx)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** Whether the database answers now. */
export const answers = (source: pg.Pool): Promise<boolean> =>
  source.query('select 1').then(
    () => true,
    () => false,
  )
