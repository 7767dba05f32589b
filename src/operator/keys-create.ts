import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Keys } from '#platform/crypto/keys.ts'
import type { Command } from './command.ts'

/** `samaan keys create [--data <folder>]`: makes the root key and an empty key store in a data folder. */
const create: Command = async (args, say) => {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } })
  const data = resolve(values.data ?? process.env.SAMAAN_DATA ?? 'data')
  await mkdir(data, { recursive: true, mode: 0o700 })
  const keys = await Keys.open(join(data, 'keys'), { create: true })
  keys.close()
  say(`Keys are in ${join(data, 'keys')}. Back them up apart from the database: samaan backup does both.`)
  return 0
}
export default create
