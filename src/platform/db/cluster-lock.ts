import { createServer, type Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { nameOf } from './cluster-secrets.ts'

const PATIENCE_MS = 120_000

// A name that the kernel itself forgets when its holder dies (abstract socket, named pipe), so that a crash leaves no
// stale lock and nobody has to judge whether a lock file still means something.
function lockName(folder: string): string {
  const name = `samaan-postgres-${nameOf(folder)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`
}

function held(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(socket => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen({ path: name, exclusive: true }, () => resolve(server))
  })
}

/** Runs `work` while no other start or stop on this folder runs, on this machine. Fails after two minutes of waiting. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const name = lockName(folder)
  const until = Date.now() + PATIENCE_MS
  let lock = await held(name)
  while (!lock) {
    if (Date.now() > until) throw new Error(`Another process has been starting the database in ${folder} for too long`)
    await pause(25)
    lock = await held(name)
  }
  try {
    return await work()
  } finally {
    const holder = lock
    await new Promise<void>(resolve => holder.close(() => resolve()))
  }
}
