import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SMTPServer } from 'smtp-server'
import { generateIdentity, openFile } from '#platform/crypto/sealed-file.ts'
import { backup } from '#platform/db/backup.ts'
import { startCluster } from '#platform/db/cluster.ts'

// What leaves the server: its mail, and its backup.

/** A mail server on the loopback that leaves each mail as a file in a folder. */
export async function mailsInto(folder: string) {
  await mkdir(folder, { recursive: true })
  let received = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _, done) => {
      const parts: Buffer[] = []
      stream.on('data', part => parts.push(part))
      stream.on('end', () => {
        received += 1
        writeFile(join(folder, `${received}.eml`), Buffer.concat(parts)).then(() => done(), done)
      })
    },
  })
  const port = await new Promise<number>(resolve => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port))
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: () => received,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

/** Makes the backup that an operator makes, and leaves it beside opened, as whoever finds it together with what opens it has it. */
export async function openedBackup(from: { readonly cluster: string; readonly dataFolder: string }, into: string) {
  await mkdir(into, { recursive: true })
  const mine = await generateIdentity()
  const database = await startCluster({ folder: from.cluster })
  const { data } = await backup({ database, dataFolder: from.dataFolder, out: into, to: [mine.recipient] })
  const opened = await openFile(createReadStream(data), [mine.identity])
  await pipeline(opened, createGunzip(), createWriteStream(join(into, 'opened.tar')))
}
