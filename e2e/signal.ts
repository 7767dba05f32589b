import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A place where there is signal, or not: between the browser and the program, and all that goes on in between ends with it. */
export interface Signal {
  /** The origin that browsers use. */
  readonly origin: string
  /** Says where the program listens. */
  reaches(port: number): void
  lose(): void
  comeBack(): void
  close(): Promise<void>
}

export async function makeSignal(): Promise<Signal> {
  const open = new Set<Socket>()
  let to = 0
  let there = true
  const server = createServer(near => {
    if (!there) {
      near.destroy()
      return
    }
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const drop = () => {
    for (const one of open) one.destroy()
  }
  return {
    origin: `http://localhost:${(server.address() as { port: number }).port}`,
    reaches: port => {
      to = port
    },
    lose: () => {
      there = false
      drop()
    },
    comeBack: () => {
      there = true
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
