import { get } from 'node:http'
import { Connection } from './client.ts'
import { floorUnits, type Make, type Material, oursUnits, type Side, type UnitName } from './units.ts'

/** One closed-loop run: each connection sends its next request when the one before is answered. */
export interface Drive {
  readonly side: Side
  readonly unit: UnitName
  readonly connections: number
  readonly seconds: number
}
export interface Driven {
  readonly rate: number
  readonly failed: number
  /** The first answer that was not a good one, as a status. */
  readonly status: number | undefined
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly slowest: number
  readonly count: number
}
/** One export, with so many readers beside it. */
export interface Export {
  readonly side: Side
  readonly readers: number
}
export interface Exported {
  readonly status: number
  readonly firstByte: number
  readonly whole: number
  readonly rows: number
  readonly readers: Driven | undefined
}
export type Order =
  | { readonly kind: 'material'; readonly material: Material }
  | ({ readonly kind: 'drive' } & Drive)
  | ({ readonly kind: 'export' } & Export)

let material: Material
let makers: Record<Side, Record<UnitName, Make>>
// Numbers go on over the whole run: no request is sent twice.
const sent: Partial<Record<`${Side} ${UnitName}`, number>> = {}

async function drive({ side, unit, connections, seconds }: Drive, stop?: Promise<unknown>): Promise<Driven> {
  const make = makers[side][unit]
  const counter = `${side} ${unit}` as const
  const times: number[] = []
  let failed = 0
  let status: number | undefined
  let over = false
  void stop?.then(() => {
    over = true
  })
  const start = performance.now()
  const end = start + seconds * 1000
  const lane = async () => {
    const connection = await Connection.open(material[side].port)
    while (!over && performance.now() < end) {
      const n = sent[counter] ?? 0
      sent[counter] = n + 1
      const text = make(n)
      const at = performance.now()
      const reply = await connection.send(text)
      times.push(performance.now() - at)
      if (reply.status < 200 || reply.status > 299) {
        failed += 1
        status ??= reply.status
      }
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, lane))
  const took = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    rate: (times.length - failed) / took,
    ...{ failed, status, p50: at(0.5), p95: at(0.95), p99: at(0.99), slowest: times.at(-1) ?? 0, count: times.length },
  }
}

async function exportAll({ side, readers }: Export): Promise<Exported> {
  const { port } = material[side]
  const options =
    side === 'ours'
      ? {
          path: '/api/cases/export.csv',
          headers: { cookie: `__Host-samaan=${material.ours.intake}`, host: `localhost:${port}` },
        }
      : { path: '/export.csv', headers: { authorization: `Bearer ${material.floor.token}` } }
  let finish = () => {}
  const finished = new Promise<void>(resolve => {
    finish = resolve
  })
  const reading = readers > 0 ? drive({ side, unit: 'read', connections: readers, seconds: 60 }, finished) : undefined
  // The readers are at full speed before the export starts.
  if (reading) await new Promise(resolve => setTimeout(resolve, 500))
  const start = performance.now()
  const done = await new Promise<Omit<Exported, 'readers'>>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false, ...options }, response => {
      const firstByte = performance.now() - start
      let rows = 0
      response.on('data', (part: Buffer) => {
        for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) rows += 1
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, firstByte, whole: performance.now() - start, rows: rows - 1 }),
      )
      response.on('error', reject)
    }).on('error', reject)
  }).finally(finish)
  return { ...done, readers: await reading }
}

process.on('message', (order: Order) => {
  if (order.kind === 'material') {
    material = order.material
    makers = { ours: oursUnits(material), floor: floorUnits(material) }
    process.send?.({ answer: undefined })
    return
  }
  const work: Promise<unknown> = order.kind === 'drive' ? drive(order) : exportAll(order)
  work.then(
    answer => process.send?.({ answer }),
    error => process.send?.({ error: String(error) }),
  )
})
