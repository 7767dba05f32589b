import { sha256 } from '../../crypto/hash.ts'
import { subtle } from '../../crypto/parcel-key.ts'
import type { Read } from '../../db/context.ts'
import type { Binding, Kept, Pull } from '../../http/handle.ts'
import type { Actor } from '../../policy/decide.ts'
import { mostKept } from '../contract.ts'
import { markOf, ofCase } from '../marks.ts'

// What a phone may keep at this moment, by kind.

export type Pulling = Binding & { readonly handler: { readonly pull: Pull } }
export const pullingOf = (bindings: ReadonlyMap<string, Binding>): Pulling[] =>
  [...bindings.values()].filter((one): one is Pulling => one.handler.pull !== undefined)

export type Visible = readonly (readonly [kind: string, kept: readonly Kept[]])[]

export const visibleTo = (
  bindings: ReadonlyMap<string, Binding>,
  read: Read,
  actor: Actor,
  now: Date,
): Promise<Visible> =>
  Promise.all(
    pullingOf(bindings).map(
      async ({ handler: { pull } }) => [pull.kind, await pull.visible({ read, actor, now, limit: mostKept })] as const,
    ),
  )

/** Changes whenever anything of it does. Of the person too: a phone that changes hands never takes another's list for its own. */
export const cursorOf = (assignment: string, visible: Visible): string =>
  sha256(
    JSON.stringify([
      assignment,
      visible.map(([kind, kept]) => [kind, kept.map(one => [one.id, one.version, one.case])]),
    ]),
  ).toString('base64url')

/** Of every record, and of every case that something belongs to. */
export async function marksOf(salt: string, visible: Visible): Promise<string> {
  const cases = new Set(visible.flatMap(([, kept]) => kept.flatMap(one => one.case ?? [])))
  const records = visible.flatMap(([kind, kept]) => kept.map(({ id }) => markOf(subtle, salt, kind, id)))
  return (await Promise.all([...records, ...[...cases].map(id => markOf(subtle, salt, ofCase, id))])).join('')
}
