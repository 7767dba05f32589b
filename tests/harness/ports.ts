import { createServer } from 'node:net'

/** Systems give outgoing connections their ports from above: a port asked for at random may be gone a second later. */
const from = 20_000
const pairs = 6_000
/** Processes beside each other start their search apart. */
let next = (process.pid * 17) % pairs

const free = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port whose next one is free too: the site takes the first, the staff app the second. @throws when there is none */
export async function twoPorts(): Promise<number> {
  for (let tries = 0; tries < pairs; tries++) {
    const port = from + 2 * next
    next = (next + 1) % pairs
    if ((await free(port)) && (await free(port + 1))) return port
  }
  throw new Error('no two free ports side by side')
}
