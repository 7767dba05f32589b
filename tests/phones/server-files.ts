import assert from 'node:assert/strict'
import { shelfOf } from '#capabilities/cases/server/attachments/shelf.ts'
import { sha256 } from '#platform/crypto/hash.ts'
import { isProven, openIdentityOf } from '#platform/files/server/attached/sealed.ts'
import { hashOfCopy, openCopy } from '#platform/files/server/copies.ts'
import { credentialHeader } from '#platform/sync/contract.ts'
import type { Actor } from './actor.ts'
import { hexOf } from './files.ts'
import type { Lane } from './server-lane.ts'
import type { Stage } from './server-side.ts'
import { anybody } from './server-stored.ts'

interface Row {
  id: string
  case_id: string
  key_slot: number
  by_account: string
  file: string
  state: string
  code: string | null
  original_file: string | null
  sealed_identity: Buffer
  proof: Buffer
}

/** What was sent is kept once, as it was picked, at the case that its command names; and nothing without a command. */
export async function judgeFiles(stage: Stage, actors: readonly Actor[]): Promise<Record<string, number>> {
  const { lane, people, did } = stage
  const accounts = people.map(one => one.account)
  const rows = await lane.all<Row>(
    `select a.*, f.key_slot, encode(a.sha256, 'hex') as file from cases.attachment a
     join cases.folder f on f.id = a.case_id where a.by_account = any($1)`,
    [accounts],
  )
  const attached = new Map(rows.map(one => [`${one.by_account} ${one.file}`, one]))
  const copies = rows.flatMap(one => one.original_file ?? [])
  assert.equal(new Set(copies).size, copies.length, 'two attachments have one copy')
  const count = { filesKept: 0, filesRefused: 0, filesWaiting: 0 }
  const known = new Set<string>()
  const events = await eventsOf(lane, accounts)
  // What came was put together as it was sent, and not once more than was asked for.
  assert.equal(events.get('file.upload-damaged'), undefined, 'what was put together is not what was sent')
  const picked = actors.reduce((sum, one) => sum + one.files.length + one.filesWatch.unsure, 0)
  const whole = events.get('file.upload-whole') ?? 0
  assert.ok(whole <= picked + did.filesRunOut! + did.filesLost!, `${picked} files were picked, and ${whole} came`)
  for (const actor of actors)
    for (const { file, sum, case: of, bad, takenBack } of actor.files) {
      const at = `phone ${actor.n}: file ${file}`
      const told = actor.filesWatch.told.get(hexOf(file))
      const key = `${actor.account} ${hexOf(file)}`
      known.add(key)
      const row = attached.get(key)
      if (!row) {
        assert.ok(told !== 'kept' && told !== 'refused', `${at} is ${told} and no command names it`)
        count.filesWaiting++
        continue
      }
      assert.equal(row.case_id, of, `${at} is attached to another case`)
      if (!takenBack) assert.equal(told, bad ? 'refused' : 'kept', `${at} is ${told}, and ${row.state} at the server`)
      if (told === 'kept') assert.equal(row.state, 'ready', `${at} was told kept`)
      if (told === 'refused') assert.equal(row.state, 'refused', `${at} was told refused`)
      if (row.state === 'ready') assert.equal(await sumOf(lane, row), sum, `${at} is another than was picked`)
      if (row.state === 'ready') count.filesKept++
      else if (row.state === 'refused') count.filesRefused++
    }
  for (const [key, { id }] of attached) assert.ok(known.has(key), `${id} names a file that was never picked`)
  await tookOnce(stage, accounts)
  for (const actor of actors) if (actor.revoked || actor.barred) await readsNothing(lane, actor, rows)
  return count
}

/** How often what was said of files. */
async function eventsOf(lane: Lane, accounts: readonly string[]): Promise<Map<string, number>> {
  const rows = await lane.all<{ event: string; times: number }>(
    `select body::json->>'event' as event, count(*)::int as times from audit.event
     where actor_id = any($1) and operation = 'files.send' group by 1`,
    [accounts],
  )
  return new Map(rows.map(one => [one.event, one.times]))
}
/** Nothing that counted was asked for again. */
async function tookOnce({ lane, counted }: Stage, accounts: readonly string[]): Promise<void> {
  const uploads = await lane.all<{ id: string; received: number }>(
    'select id, received from files.upload where account_id = any($1)',
    [accounts],
  )
  for (const { id, received } of uploads)
    if (!lane.lost.has(id))
      assert.equal(counted.get(id) ?? 0, received, `upload ${id}: bytes that were taken, and kept`)
}
/** SHA-256 of the original, opened with the keys themselves. */
async function sumOf({ harness: { services } }: Lane, row: Row): Promise<string> {
  const { dataFolder } = services.config
  const copy = row.original_file!
  const proven = isProven(services.keys, row.id, 'original', await hashOfCopy(dataFolder, copy), row.proof)
  assert.ok(proven, `the copy of ${row.id} is not the one that was filed`)
  const key = services.keys.release(anybody, row.case_id, row.key_slot, 'SVC')
  const pieces: Uint8Array[] = []
  for await (const piece of openCopy(
    dataFolder,
    copy,
    openIdentityOf(shelfOf('SVC'), key, row.id, row.sealed_identity),
  ))
    pieces.push(piece)
  return sha256(Buffer.concat(pieces)).toString('hex')
}

/** The credential of a phone that was ended opens no copy, and nothing of anybody's that is on its way. */
async function readsNothing(lane: Lane, actor: Actor, rows: readonly Row[]): Promise<void> {
  const device = await actor.phone.device()
  const one = rows.find(each => each.state === 'ready')
  if (!device) return
  const headers = { authorization: credentialHeader(device.id, device.credential), 'tus-resumable': '1.0.0' }
  const [upload] = await lane.all<{ id: string }>('select id from files.upload where account_id <> $1 limit 1', [
    actor.account,
  ])
  const paths = [
    ...(one
      ? [`/api/cases/${one.case_id}/attachments/${one.id}/original`, `/api/cases/${one.case_id}/attachments`]
      : []),
    ...(upload ? [`/api/files/${upload.id}`] : []),
  ]
  for (const path of paths) {
    const { status } = await lane.harness.fetch(path, { headers })
    assert.ok(status >= 400, `phone ${actor.n} was shown ${path} after its end: ${status}`)
  }
}
