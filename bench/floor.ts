import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { hashToken } from '#platform/crypto/hash.ts'
import { uuidv7 } from '#platform/crypto/random.ts'

/**
 * The floor: what a good engineer writes by hand for one purpose. Each request looks its token up, opens a transaction
 * with the settings that row-level security reads, does its statement, writes one audit row and commits. JSON in and
 * out, prepared statements, the indexes the work needs; nothing else.
 */
const pool = new pg.Pool({ connectionString: process.env.FLOOR_DATABASE_URL, max: 12 })
pool.on('error', () => {})

interface Caller {
  readonly account: string
  readonly agency: string
}
interface Request {
  readonly client: pg.PoolClient
  readonly caller: Caller
  readonly url: URL
  readonly body: Record<string, unknown>
}
interface Done {
  readonly reply: unknown
  readonly about?: string | undefined
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const tokens = `select account, agency from token where hash = $1 and ends_at > now()`
async function callerOf(client: pg.PoolClient, request: IncomingMessage): Promise<Caller | undefined> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (!token) return undefined
  const hash = hashToken(token)
  return (await client.query<Caller>({ name: 'token', text: tokens, values: [hash] })).rows[0]
}

const insertRecord = `insert into record (id, country, reference, status, identification, urgency, child, sector, agency, name, phone, made_by, form)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
async function create({ client, caller, body }: Request): Promise<Done> {
  const { id, country, reference, urgency, child, sector, name, phone, form } = body
  if (typeof id !== 'string' || !uuid.test(id) || typeof name !== 'string' || typeof form !== 'object')
    throw new Error('400')
  const values = [
    id,
    country,
    reference,
    'new',
    'none',
    urgency,
    child,
    sector,
    caller.agency,
    name,
    phone,
    caller.account,
    form,
  ]
  await client.query({ name: 'create', text: insertRecord, values })
  return { reply: { id, reference }, about: id }
}

const columns = 'id, reference, status, identification, urgency, child, sector, agency, name, phone, made_by, made_at'
async function list({ client, caller, url }: Request): Promise<Done> {
  const text = `select ${columns} from record where agency = $1 and status = $2 and urgency = $3 order by id desc limit 51`
  const values = [caller.agency, url.searchParams.get('status'), url.searchParams.get('urgency')]
  const { rows } = await client.query({ name: 'list', text, values })
  const items = rows.slice(0, 50)
  return { reply: { items, next: rows.length > 50 ? items.at(-1).id : undefined } }
}

async function read({ client, url }: Request): Promise<Done> {
  const id = url.pathname.split('/')[2] ?? ''
  if (!uuid.test(id)) throw new Error('400')
  const record = await client.query({
    name: 'read',
    text: `select ${columns}, form from record where id = $1`,
    values: [id],
  })
  if (!record.rows[0]) throw new Error('404')
  const history = `select id, at, event, account from history where case_id = $1 order by at, id`
  const referrals = `select * from referral where case_id = $1 order by id desc`
  return {
    reply: {
      ...record.rows[0],
      history: (await client.query({ name: 'history', text: history, values: [id] })).rows,
      referrals: (await client.query({ name: 'referrals', text: referrals, values: [id] })).rows,
    },
    about: id,
  }
}

const insertReferral = `insert into referral (id, case_id, agency, to_agency, kind, service, urgency, status, message, due_at, made_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
async function refer({ client, caller, body }: Request): Promise<Done> {
  const { id, case: of, to, kind, service, urgency, message } = body
  if (typeof id !== 'string' || typeof of !== 'string' || !uuid.test(id) || !uuid.test(of)) throw new Error('400')
  const due = new Date(Date.now() + 86_400_000)
  const values = [id, of, caller.agency, to, kind, service, urgency, 'sent', message, due, caller.account]
  await client.query({ name: 'refer', text: insertReferral, values })
  return { reply: { id, version: 1 }, about: of }
}

async function search({ client, url }: Request): Promise<Done> {
  const text = `select ${columns} from record where name ilike $1 order by id desc limit 26`
  const words = (url.searchParams.get('words') ?? '').replaceAll(/[%_\\]/g, '\\$&')
  const { rows } = await client.query({ name: 'search', text, values: [`%${words}%`] })
  return { reply: { items: rows.slice(0, 25), more: rows.length > 25 } }
}

const field = (value: unknown): string => {
  const text = value instanceof Date ? value.toISOString() : String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const csvColumns = ['reference', 'status', 'identification', 'urgency', 'child', 'sector', 'made_at', 'made_by', 'id']
async function csv({ client }: Request, response: ServerResponse): Promise<Done> {
  response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' })
  response.write(`${csvColumns.join(',')}\r\n`)
  await client.query(`declare every no scroll cursor for select ${csvColumns.join(', ')} from record order by id`)
  for (;;) {
    const { rows } = await client.query({ name: 'fetch', text: 'fetch 1000 from every' })
    if (rows.length === 0) break
    const lines = rows.map(row => csvColumns.map(name => field(row[name])).join(',')).join('\r\n')
    if (!response.write(`${lines}\r\n`)) await new Promise(resolve => response.once('drain', resolve))
  }
  return { reply: undefined }
}

type Work = (request: Request, response: ServerResponse) => Promise<Done>
function routeOf(method: string, path: string): [string, Work] | undefined {
  if (method === 'POST')
    return path === '/cases' ? ['create', create] : path === '/referrals' ? ['refer', refer] : undefined
  if (path === '/cases') return ['list', list]
  if (path === '/search') return ['search', search]
  if (path === '/export.csv') return ['csv', csv]
  return path.startsWith('/cases/') ? ['read', read] : undefined
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : {}
}

const insertAudit = `insert into audit (id, account, agency, operation, case_id, body) values ($1, $2, $3, $4, $5, $6)`
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://floor')
  const route = routeOf(request.method ?? '', url.pathname)
  if (!route) return answer(response, 404, { error: 'nothing here' })
  const body = await bodyOf(request)
  const client = await pool.connect()
  try {
    const caller = await callerOf(client, request)
    if (!caller) return answer(response, 401, { error: 'sign in' })
    // Both values come from the database and are uuids.
    await client.query(
      `begin; select set_config('floor.account', '${caller.account}', true), set_config('floor.agency', '${caller.agency}', true)`,
    )
    const [operation, work] = route
    const { reply, about } = await work({ client, caller, url, body }, response)
    const values = [
      uuidv7(),
      caller.account,
      caller.agency,
      operation,
      about ?? null,
      { operation, case: about, outcome: 'done' },
    ]
    await client.query({ name: 'audit', text: insertAudit, values })
    await client.query('commit')
    if (reply === undefined) response.end()
    else answer(response, 200, reply)
  } catch (error) {
    await client.query('rollback')
    const status = Number((error as Error).message)
    answer(response, status >= 400 ? status : 500, { error: 'no' })
  } finally {
    client.release()
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return void response.end()
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

const server = createServer((request, response) => {
  serve(request, response).catch(() => answer(response, 500, { error: 'no' }))
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.on('SIGTERM', () => process.exit(0))
