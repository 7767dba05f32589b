import { requireNone, wrongSaid } from '#platform/contract/shapes-said.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import type { Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import {
  applyEdits,
  type EditMaker,
  type FieldConflict,
  type FieldEdit,
  type Fields,
} from '#platform/sync/field-edits.ts'
import type { Identity, IdentityName } from '../../contract.ts'
import { putMatchTerms } from '../alike/held-against.ts'
import { isChildNow, requireBirth } from '../child.ts'
import { addToTimeline, allTermsOf, callingCodeOf, type KeyOf, termsOf } from '../folder.ts'
import { startGuardianClock } from '../guardian-clock.ts'
import * as cases from '../store.ts'
import { type Late, type OpenConflict, openFields, openLate, sealFields, sealLate, valuesOf } from './fields.ts'
import * as store from './store.ts'

/** Who changes what, in the transaction of one command. */
export interface Changing {
  readonly tx: Tx
  readonly actor: Actor
  readonly services: Services
  readonly key: KeyOf
  readonly now: Date
  readonly caseId: string
}
interface Change {
  /** The edits, as the fields stand; `version` is the one of the whole. */
  readonly edits: (fields: Fields, version: number) => readonly FieldEdit[]
  /** The place of the value of an edit in the body. */
  readonly place: (at: number) => string
  /** The command's id, which becomes the version of what it writes. */
  readonly id: string
  /** When it was typed, where that is not now. */
  readonly madeAt?: string | undefined
  /** The conflict that a person settles with it. */
  readonly settles?: string
}
export interface Changed {
  readonly version: number
  /** The fields that stay as they are until a person settles them. */
  readonly conflicts: readonly IdentityName[]
}

/**
 * The one way in which who a person is changes. A field that moved on since an edit's base is left as it is, and what
 * came late is kept as a conflict. Somebody who turns out to be a child is treated as one from now on, also where only
 * one of two values says so; nothing that is typed here makes a child an adult.
 * @throws Problem not-found; invalid-input where a day of birth cannot be one, or the id was used before
 */
export async function changeFields(changing: Changing, change: Change): Promise<Changed> {
  const { tx, actor, services, key, now, caseId } = changing
  const row = await store.lockIdentity(tx, caseId)
  if (!row) throw notFound()
  const [folder, waiting, settled] = await Promise.all([
    cases.getFolder(tx, caseId),
    store.listOpen(tx, caseId),
    change.settles === undefined ? undefined : store.findConflict(tx, caseId, change.settles),
  ])
  if (change.settles !== undefined && !settled) throw notFound()
  const secret = key(caseId, folder.key_slot, 'ID')
  const before = openFields(secret, folder, row)
  const open = waiting.map(one => openLate(secret, one))
  requireUnused(change.id, before, open)

  // However long ago; a phone's clock may only not be ahead.
  if (change.madeAt) requireNone(wrongSaid(change.madeAt, now, 'madeAt').filter(one => one.code === 'future'))
  const edits = change.edits(before, row.version)
  const target = open.find(one => one.row.id === change.settles)
  if (target && edits.some(one => one.field !== target.field))
    throw new Problem('invalid-input', [{ field: 'edit.field', code: 'wrong' }])
  edits.forEach(({ field, value }, at) => {
    if (field === 'birthDate' && typeof value === 'string')
      requireBirth(services, actor.country, value, now, change.place(at))
  })
  const maker: EditMaker = { version: change.id, by: actor.user, at: change.madeAt ?? now.toISOString() }
  const { fields, conflicts: found } = applyEdits(before, edits, maker)
  // Where nothing stands and nothing came, there is nothing to settle.
  const conflicts = found.filter(one => (one.theirs?.value ?? null) !== one.mine.value)

  const done = edits.filter(one => !conflicts.some(each => each.field === one.field))
  const written = done.filter(one => fields[one.field]?.version === change.id)
  if (written.length > 0) {
    await store.changeIdentity(tx, caseId, row.version, sealFields(secret, caseId, fields))
    await follow(changing, valuesOf(before), valuesOf(fields))
  }
  const kept = await keep(changing, conflicts, open, (id, late) => sealLate(secret, id, late), settled)
  for (const one of open)
    if (!kept.has(one.row.id) && isOver(one, done, fields, change.settles))
      await store.settle(tx, one.row, actor.user, now)

  await tell(changing, written.length > 0, conflicts.length > 0, change.settles !== undefined)
  const doubted = conflicts.map(({ field, mine }) => ({ ...fields, [field]: mine }))
  if ([fields, ...doubted].some(each => isChildNow(services, actor.country, valuesOf(each), now)))
    if (await cases.raiseChild(tx, caseId)) {
      await addToTimeline(tx, actor, caseId, 'case.child-found', {})
      if ((await cases.getFolder(tx, caseId)).status === 'opened')
        await startGuardianClock(tx, actor, services, caseId, now)
    }
  return {
    version: row.version + (written.length > 0 ? 1 : 0),
    conflicts: conflicts.map(one => one.field as IdentityName),
  }
}

/** A version is never used twice: by it an edit says what it was made on. */
function requireUnused(id: string, fields: Fields, open: readonly OpenConflict[]): void {
  const used = [...Object.values(fields), ...open.map(one => one.came)].some(one => one.version === id)
  if (used) throw new Problem('invalid-input', [{ field: 'id', code: 'used' }])
}

/**
 * Keeps what came late: in the conflict that is being settled where it moved on meanwhile; in the conflict of the value
 * that it was made on; else in one of its own.
 * @returns the ids of the conflicts that go on
 */
async function keep(
  { tx, caseId }: Changing,
  conflicts: readonly FieldConflict[],
  open: readonly OpenConflict[],
  seal: (id: string, late: Late) => Buffer,
  settled: store.ConflictRow | undefined,
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>()
  for (const { field, mine, base } of conflicts) {
    const before = open.find(one => one.field === field && one.came.version === base)
    const row = settled ?? before?.row
    const id = row?.id ?? uuidv7()
    const sealed = seal(id, { field: field as IdentityName, came: mine, base: before?.base ?? base })
    if (row) await store.replaceConflict(tx, row, sealed)
    else await store.addConflict(tx, id, caseId, sealed)
    kept.add(id)
  }
  return kept
}

/** A conflict is over when a person settled it, when its own value was changed to what stands, or when both say the same. */
function isOver(one: OpenConflict, done: readonly FieldEdit[], fields: Fields, settles: string | undefined): boolean {
  return (
    one.row.id === settles ||
    done.some(edit => edit.field === one.field && edit.base === one.came.version) ||
    (fields[one.field]?.value ?? null) === one.came.value
  )
}

/** What a person is found by follows what stands. */
async function follow({ tx, actor, services, caseId }: Changing, before: Identity, now: Identity): Promise<void> {
  const found = ['givenName', 'familyName', 'knownAs', 'phone', 'document'] as const
  const held = [...found, 'birthDate', 'age'] as const
  const calling = callingCodeOf(services, actor.country)
  if (held.some(name => before[name] !== now[name])) await putMatchTerms(tx, services, caseId, now, calling)
  if (found.every(name => before[name] === now[name])) return
  await cases.removeTerms(tx, caseId, allTermsOf(services.keys, before, calling))
  await cases.addTerms(tx, caseId, termsOf(services.keys, now, calling))
}

async function tell({ tx, actor, caseId }: Changing, changed: boolean, late: boolean, settled: boolean): Promise<void> {
  if (changed) await addToTimeline(tx, actor, caseId, 'case.identity-changed', {})
  if (late) await addToTimeline(tx, actor, caseId, 'case.identity-conflict', {})
  else if (settled) await addToTimeline(tx, actor, caseId, 'case.conflict-settled', {})
}
