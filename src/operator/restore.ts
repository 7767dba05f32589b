import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { ConfigError } from '#platform/config/config.ts'
import { restore as bringBack } from '#platform/db/backup-restore.ts'
import { type Command, required } from './command.ts'

/**
 * `samaan restore --from <file.age> --keys <file-keys.age> --into <empty folder> --identity-file <file>` (or
 * `--passphrase-file`): brings a country back. DATABASE_OWNER_URL names another server's empty database, if any.
 */
const restore: Command = async (args, say) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string' },
      keys: { type: 'string' },
      into: { type: 'string' },
      'identity-file': { type: 'string' },
      'passphrase-file': { type: 'string' },
    },
  })
  const phrase = values['passphrase-file'] && (await readFile(values['passphrase-file'], 'utf8')).trim()
  const by = phrase || (values['identity-file'] ? await identities(values['identity-file']) : undefined)
  if (!by || by.length === 0) throw new ConfigError(['--identity-file or --passphrase-file is needed'])
  const owner = process.env.DATABASE_OWNER_URL
  const { at, keysAt } = await bringBack({
    from: required(values.from, 'from'),
    keysFrom: required(values.keys, 'keys'),
    into: required(values.into, 'into'),
    by,
    ...(owner ? { database: { owner } } : {}),
    log: say,
  })
  say(`Restored: data of ${at}, keys of ${keysAt}. Now: SAMAAN_DATA=${values.into} npm run samaan -- audit verify`)
  return 0
}
const identities = async (file: string): Promise<string[]> =>
  (await readFile(file, 'utf8')).split('\n').filter(line => line.startsWith('AGE-SECRET-KEY-'))
export default restore
