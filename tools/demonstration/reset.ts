import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '#platform/config/config.ts'
import { removeCluster } from '#platform/db/cluster.ts'

// Deletes the demonstration's data folder, its database and its keys, and nothing else.
const { dataFolder, country } = readConfig(process.env, 'demonstration')
if (country !== 'XSA') {
  console.error('Only the demonstration country can be reset.')
  process.exit(1)
}
if (existsSync(dataFolder)) {
  await removeCluster(join(dataFolder, 'postgres'))
  for (const part of ['keys', 'checkpoints', 'samples-due'])
    await rm(join(dataFolder, part), { recursive: true, force: true })
}
console.log('The demonstration starts over at the next npm start.')
