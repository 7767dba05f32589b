import { spawn } from 'node:child_process'
import pg from 'pg'
import { type Item, PIECE } from './backup-tar.ts'

type Tool = 'pg_dump' | 'pg_restore'

// The password goes through the environment: arguments can be read by everybody on the machine.
function start(tool: Tool, url: string, args: string[]) {
  const at = new URL(url)
  const password = decodeURIComponent(at.password)
  at.password = ''
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', LC_ALL: 'C', PGPASSWORD: password }
  const child = spawn(tool, [...args, `--dbname=${at.href}`], { env, stdio: 'pipe', windowsHide: true })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told = (told + text).slice(-4000)
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = `${tool} is not installed: install the PostgreSQL client programs of the server's version`
      reject(error.code === 'ENOENT' ? new Error(missing) : error)
    })
    child.once('close', code => (code === 0 ? resolve() : reject(new Error(`${tool} failed: ${reason(told)}`))))
  })
  // Whoever reads the output first learns of the failure later; until then it is nobody's unhandled error.
  ended.catch(() => {})
  return { child, ended }
}

// Tools quote rows in some messages; only what they say about themselves, versions and permissions is passed on.
function reason(told: string): string {
  const lines = told.split('\n').filter(line => /^pg_(dump|restore): (error|detail|hint)/.test(line))
  const first = lines.find(line => !/COPY|Key \(|DETAIL|CONTEXT/i.test(line)) ?? 'no reason was given'
  return first.slice(0, 300)
}

/** A dump of another server's database by that server's tools, as pieces under `dump/`. */
export async function* dumpBackup(dumpUrl: string, log: (line: string) => void): AsyncGenerator<Item> {
  const { child, ended } = start('pg_dump', dumpUrl, ['--format=custom', '--compress=0', '--no-password'])
  let held: Buffer[] = []
  let length = 0
  let part = 0
  const item = (bytes: Buffer): Item => ({
    path: `dump/${String(++part).padStart(6, '0')}`,
    size: bytes.length,
    body: [bytes],
  })
  try {
    child.stdin.end()
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      held.push(chunk)
      length += chunk.length
      if (length < PIECE) continue
      const all = Buffer.concat(held)
      let at = 0
      for (; at + PIECE <= all.length; at += PIECE) {
        yield item(all.subarray(at, at + PIECE))
        if (part % 16 === 0) log(`database: ${Math.round((part * PIECE) / 1e6)} MB`)
      }
      held = [all.subarray(at)]
      length = all.length - at
    }
    await ended
    if (length) yield item(Buffer.concat(held))
  } finally {
    if (child.exitCode === null) child.kill()
  }
}

/** Whether a database holds nothing yet that a restore could collide with. */
export async function refuseFilled(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const found = await client.query(
      `select from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' limit 1`,
    )
    if (found.rowCount) throw new Error('The database to restore into is not empty')
  } finally {
    await client.end()
  }
}

/**
 * Feeds a dump into an empty database, in one transaction. The last piece is held back until `end`, because without it
 * the tool cannot finish: so nothing is there for good before the archive has proved whole.
 */
export function dumpRestore(ownerUrl: string) {
  const { child, ended } = start('pg_restore', ownerUrl, ['--no-owner', '--single-transaction', '--exit-on-error'])
  child.stdout.resume()
  // The exit code tells it better.
  child.stdin.on('error', () => {})
  let last: Buffer | undefined
  const feed = async (bytes: Buffer) => {
    if (!child.stdin.writable) return ended
    if (child.stdin.write(bytes)) return
    await Promise.race([new Promise(resolve => child.stdin.once('drain', resolve)), ended])
  }
  return {
    async write(bytes: Buffer): Promise<void> {
      if (last) await feed(last)
      last = bytes
    },
    async end(): Promise<void> {
      if (last) await feed(last)
      child.stdin.end()
      await ended
    },
    async abort(): Promise<void> {
      child.kill()
      await ended.catch(() => {})
    },
  }
}
