import { existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '#platform/crypto/hash.ts'
import { token } from '#platform/crypto/random.ts'

/** The login roles of a cluster: the superuser, and the four that Samaan works with. */
export const ROLES = ['super', 'owner', 'app', 'jobs', 'dump'] as const
export type ClusterRole = (typeof ROLES)[number]
export type Secrets = Record<ClusterRole, string>

/** PostgreSQL's name of each role. */
export const LOGIN: Record<ClusterRole, string> = {
  super: 'postgres',
  owner: 'samaan_owner',
  app: 'samaan_app',
  jobs: 'samaan_jobs',
  dump: 'samaan_dump',
}

/** A name for a path, short enough for a folder or a socket. */
export const nameOf = (path: string): string => sha256(path).toString('hex').slice(0, 16)

/** The cluster's passwords, made at the first call; `fresh` tells that they are not yet what the server knows. */
export async function readSecrets(home: string): Promise<{ secrets: Secrets; fresh: boolean }> {
  const file = join(home, 'secrets.json')
  if (existsSync(file)) return { secrets: JSON.parse(readFileSync(file, 'utf8')) as Secrets, fresh: false }
  return { secrets: Object.fromEntries(ROLES.map(role => [role, token(24)])) as Secrets, fresh: true }
}

/** Keeps the passwords, readable by this process's user only; on disk when it returns. */
export async function keepSecrets(home: string, secrets: Secrets): Promise<void> {
  const file = join(home, 'secrets.json')
  const handle = await open(`${file}.part`, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.part`, file)
}
