import { namesOf } from '../../contract/parse.ts'
import type { Read } from '../../db/context.ts'
import { handle, type Kept } from '../../http/handle.ts'
import type { Actor } from '../../policy/decide.ts'
import { notFound, Problem } from '../../problem/problem.ts'
import { mostKept, mostRows, sync } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'
import { cursorOf, pullingOf, visibleTo } from './visible.ts'

// What a phone keeps a copy of. Every record is read through its own operation: its rule, its keys, its event.

/** Whether the phone is the person's own and still welcome. @throws Problem not-found when it is not theirs */
async function isWelcome(read: Read, id: string, actor: Actor): Promise<boolean> {
  const device = await store.findDevice(read, id)
  if (device?.account_id !== actor.user || device.assignment_id !== actor.assignment) throw notFound()
  return device.revoked_at === null
}

export const pull = handle(sync.pull, policy, {
  run: async ({ read, actor, input: { query }, others, note, now }) => {
    note({ device: query.device, count: 0 })
    if (!(await isWelcome(read, query.device, actor))) return { state: 'revoked' as const, now: now.toISOString() }
    const found = await visibleTo(others.bindings, read, actor, now)
    const cursor = cursorOf(actor.assignment, found)
    if (cursor === query.cursor) return { state: 'welcome' as const, now: now.toISOString(), cursor }
    const ids = found.flatMap(([, kept]) => kept.map(one => one.id))
    const visible = Object.fromEntries(
      found.map(([kind, kept]) => [
        kind,
        kept.map(one => [one.id, one.version, one.case] as [string, string, string | null]),
      ]),
    )
    note({ count: ids.length, ids })
    return { state: 'welcome' as const, now: now.toISOString(), cursor, visible }
  },
})

export const rows = handle(sync.rows, policy, {
  run: async ({ read, actor, input: { query }, others, note, now }) => {
    const asked = query.ids.split(',')
    if (asked.length > mostRows)
      throw new Problem('invalid-input', [{ field: 'ids', code: 'too-large', limit: mostRows }])
    note({ device: query.device, count: 0 })
    if (!(await isWelcome(read, query.device, actor))) return { state: 'revoked' as const, items: [] }
    const kind = pullingOf(others.bindings).find(one => one.handler.pull.kind === query.kind)
    if (!kind) throw new Problem('invalid-input', [{ field: 'kind', code: 'choice' }])
    const visible = await kind.handler.pull.visible({ read, actor, now, limit: mostKept })
    const [parameter] = namesOf(kind.operation.params!)
    const wanted = new Set(asked)
    const items = await Promise.all(
      visible
        .filter(one => wanted.has(one.id))
        .map(async ({ id, version }: Kept) => ({ id, version, record: await others.read(kind, { [parameter!]: id }) })),
    )
    const shown = items.filter(one => one.record !== undefined)
    note({ count: shown.length, ids: shown.map(one => one.id) })
    return { state: 'welcome' as const, items: shown }
  },
})
