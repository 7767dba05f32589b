import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { ConfigError } from '#platform/config/config.ts'
import { backup as makeBackup } from '#platform/db/backup.ts'
import { type Command, operatorConfig, reach, required } from './command.ts'

/**
 * `samaan backup --out <folder or file.age> --to <age recipient> …` (or `--passphrase-file <file>`): two sealed files,
 * the data and, apart, the keys. Runs beside a working server.
 */
const backup: Command = async (args, say) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      out: { type: 'string' },
      to: { type: 'string', multiple: true },
      'keys-to': { type: 'string', multiple: true },
      'passphrase-file': { type: 'string' },
    },
  })
  const phrase = values['passphrase-file'] && (await readFile(values['passphrase-file'], 'utf8')).trim()
  const to = phrase || values.to
  if (!to || to.length === 0) throw new ConfigError(['--to (an age recipient) or --passphrase-file is needed'])
  const config = operatorConfig()
  const database = await reach(config, say)
  try {
    const made = await makeBackup({
      database: database.cluster ?? { dump: database.urls.dump },
      dataFolder: config.dataFolder,
      out: required(values.out, 'out'),
      to,
      ...(values['keys-to'] ? { keysTo: values['keys-to'] } : {}),
      log: say,
    })
    say(`Data: ${made.data} (${made.bytes.data} bytes)`)
    say(`Keys: ${made.keys} (${made.bytes.keys} bytes). Keep it in another place, for 30 days at most.`)
    return 0
  } finally {
    await database.leave()
  }
}
export default backup
