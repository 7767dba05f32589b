import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './root.ts'

export type Mode = 'demonstration' | 'production'

/** Everything the environment decides, read once, typed, refused when wrong. */
export interface Config {
  readonly mode: Mode
  readonly sitePort: number
  readonly staffPort: number
  /** The staff app's origin as browsers see it: WebAuthn and cookies hang on it. */
  readonly staffOrigin: string
  readonly siteOrigin: string
  readonly dataFolder: string
  readonly keysFolder: string
  readonly country: string
  /** Where the country packs are; a ministry may keep its signed one apart from the program. */
  readonly countriesFolder: string
  readonly database: { app: string; owner: string; jobs: string; dump: string } | undefined
  readonly session: { idleMinutes: number; absoluteHours: number }
  readonly poolSize: number
  /** A proxy of ours stands in front and names the address it saw. */
  readonly trustProxy: boolean
  /** Where the public site's quick exit leads; the site has a default. */
  readonly exitUrl: string | undefined
  /** Where to write about a weakness; served as /.well-known/security.txt where it is set. */
  readonly securityContact: string | undefined
  /** `host:port` or the path of a socket where a clamd looks at attachments before they are filed; without, nobody does. */
  readonly clamd: string | undefined
  /** The mail server that says to people that something waits for them, and the address it says so from; without, no mail. */
  readonly mail: { readonly url: string; readonly from: string } | undefined
  /** By how much a demonstration's clock is ahead of the machine's, in milliseconds; 0 where people work. */
  readonly aheadMs: number
  readonly log: (line: LogLine) => void
}

/** A log line: codes, ids and numbers. An error is reduced to its kind and place, because a message may hold content. */
export interface LogLine {
  readonly event: string
  readonly error?: unknown
  readonly [field: string]: unknown
}

/** The environment does not make a working configuration; `lines` say what to set. */
export class ConfigError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration.
 * @param mode demonstration may make what is missing; production refuses
 * @throws ConfigError naming each variable that is missing or wrong
 */
export function readConfig(env: Environment, mode: Mode): Config {
  const wrong: string[] = []
  const sitePort = port(env, 'SAMAAN_PORT', 4000, wrong)
  const staffPort = sitePort + 1
  const dataFolder = resolve(env.SAMAAN_DATA ?? 'data')
  const database = databaseOf(env, wrong)
  const securityContact = contactOf(env, wrong)
  const clamd = scannerOf(env, wrong)
  const aheadMs = aheadOf(env, mode, wrong)
  const mail = mailOf(env, wrong)
  const country = env.SAMAAN_COUNTRY ?? (mode === 'demonstration' ? 'XSA' : '')
  const staffOrigin = origin(env, 'SAMAAN_STAFF_ORIGIN', `http://localhost:${staffPort}`, mode, wrong)
  const siteOrigin = origin(env, 'SAMAAN_SITE_ORIGIN', `http://localhost:${sitePort}`, mode, wrong)
  if (mode === 'production') {
    if (!/^[A-Z]{3}$/.test(country)) wrong.push('SAMAAN_COUNTRY: set the country, three capitals, for example TTO')
    if (country === 'XSA') wrong.push('SAMAAN_COUNTRY: the demonstration country cannot be used in production')
    if (!env.SAMAAN_DATA) wrong.push('SAMAAN_DATA: set the folder that holds keys and data')
    if (!existsSync(resolve(dataFolder, 'keys', 'root.key')))
      wrong.push('SAMAAN_DATA: no keys/root.key in it; make one with: npm run samaan -- keys create')
  }
  if (wrong.length > 0) throw new ConfigError(wrong)
  return {
    mode,
    sitePort,
    staffPort,
    staffOrigin,
    siteOrigin,
    dataFolder,
    keysFolder: resolve(dataFolder, 'keys'),
    country,
    countriesFolder: resolve(env.SAMAAN_COUNTRIES || join(root, 'countries')),
    database,
    session: { idleMinutes: 30, absoluteHours: 12 },
    poolSize: 12,
    exitUrl: env.SAMAAN_EXIT_URL || undefined,
    securityContact,
    trustProxy: env.SAMAAN_TRUST_PROXY === 'yes',
    clamd,
    aheadMs,
    mail,
    log: line => process.stderr.write(`${JSON.stringify(printable(line))}\n`),
  }
}

/** A demonstration can be started at another moment, to see a holiday or a night; nothing that counts is ever dated so. */
function aheadOf(env: Environment, mode: Mode, wrong: string[]): number {
  const raw = env.SAMAAN_CLOCK
  if (raw === undefined || raw === '') return 0
  if (mode === 'production') wrong.push('SAMAAN_CLOCK: the clock of a production cannot be set')
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(raw) ? Date.parse(raw) : Number.NaN
  if (!Number.isNaN(at)) return at - Date.now()
  wrong.push('SAMAAN_CLOCK: a moment in UTC, for example 2026-12-25T06:00:00Z')
  return 0
}

function port(env: Environment, name: string, otherwise: number, wrong: string[]): number {
  const raw = env[name]
  if (raw === undefined || raw === '') return otherwise
  const value = Number(raw)
  if (Number.isInteger(value) && value >= 1 && value <= 65_534) return value
  wrong.push(`${name}: a port from 1 to 65534`)
  return otherwise
}

/** Production asks for https origins on two hosts' names; the demonstration has localhost. */
function origin(env: Environment, name: string, otherwise: string, mode: Mode, wrong: string[]): string {
  const raw = env[name] ?? (mode === 'demonstration' ? otherwise : undefined)
  if (raw === undefined) {
    wrong.push(`${name}: set the address that browsers use, for example https://staff.example.org`)
    return otherwise
  }
  const local = URL.canParse(raw) && new URL(raw).hostname === 'localhost'
  if (!URL.canParse(raw) || new URL(raw).origin !== raw || (!raw.startsWith('https:') && !local))
    wrong.push(`${name}: an https origin without a path`)
  return raw
}

function contactOf(env: Environment, wrong: string[]): string | undefined {
  const value = env.SAMAAN_SECURITY_CONTACT
  if (!value) return undefined
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(value))
    wrong.push('SAMAAN_SECURITY_CONTACT: a mailto: or https: address')
  return value
}

function scannerOf(env: Environment, wrong: string[]): string | undefined {
  const value = env.SAMAAN_CLAMD
  if (!value) return undefined
  if (!/^(\/\S+|[^\s/]+:[1-9][0-9]{0,4})$/.test(value)) wrong.push('SAMAAN_CLAMD: host:port, or the path of a socket')
  return value
}

function mailOf(env: Environment, wrong: string[]): Config['mail'] {
  const { SAMAAN_SMTP_URL: url, SAMAAN_MAIL_FROM: from } = env
  if (!url && !from) return undefined
  if (!url || !/^smtps?:\/\/\S+$/.test(url) || !URL.canParse(url) || new URL(url).search !== '')
    wrong.push('SAMAAN_SMTP_URL: smtps://user:password@host:465 or smtp://user:password@host:587')
  if (!from || !/^[^\s@<>",;:]+@[^\s@<>",;:]+$/.test(from))
    wrong.push('SAMAAN_MAIL_FROM: the address that mail comes from')
  return { url: url ?? '', from: from ?? '' }
}

function databaseOf(env: Environment, wrong: string[]): Config['database'] {
  if (!env.DATABASE_URL) return undefined
  const one = (name: string): string => {
    const value = env[name]
    if (!value || !/^postgres(ql)?:\/\//.test(value)) wrong.push(`${name}: a postgresql:// address, one for each role`)
    return value ?? ''
  }
  return {
    app: one('DATABASE_URL'),
    owner: one('DATABASE_OWNER_URL'),
    jobs: one('DATABASE_JOBS_URL'),
    dump: one('DATABASE_DUMP_URL'),
  }
}

function printable(line: LogLine): Record<string, unknown> {
  const { error, ...rest } = line
  if (error === undefined) return { at: new Date().toISOString(), ...rest }
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string }
  // Frames only: the first lines of a stack repeat the message.
  const frames = stack
    ?.split('\n')
    .filter(one => /^\s+at /.test(one))
    .slice(0, 6)
    .map(one => one.trim())
  return { at: new Date().toISOString(), ...rest, error: name, code, frames }
}
