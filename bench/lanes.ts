import { parentPort, workerData } from 'node:worker_threads'
import { Connection } from './client.ts'

/** One request asked again and again over so many connections that never rest, from a thread of its own. */
export interface Lanes {
  readonly port: number
  /** The request as it goes over the wire. */
  readonly text: string
  readonly connections: number
  readonly milliseconds: number
}

const { port, text, connections, milliseconds } = workerData as Lanes
const took: number[] = []
const end = performance.now() + milliseconds
await Promise.all(
  Array.from({ length: connections }, async () => {
    const connection = await Connection.open(port)
    while (performance.now() < end) {
      const from = performance.now()
      const { status, body } = await connection.send(text)
      if (status !== 200) throw new Error(`${status} ${body}`)
      took.push(performance.now() - from)
    }
    connection.close()
  }),
)
parentPort!.postMessage(took)
