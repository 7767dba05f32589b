import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { withLock } from './folder-lock.ts'
import { KeyError } from './key-error.ts'
import { type KeyDecision, Keys } from './keys.ts'

const base = mkdtempSync(join(tmpdir(), 'samaan-processes-'))
after(() => rmSync(base, { recursive: true, force: true }))

const caseId = '01890a5d-ac96-774b-bcce-b302099a8057'
const allow: KeyDecision = { effect: 'allow', permits: () => true }
const keyOf = (keys: Keys, slot: number) => keys.release(allow, caseId, slot, 'ID').secret.export().toString('hex')

/** Makes slots in every block and says the number and key of each once it may be used. */
const program = `
  const { Keys } = await import(${JSON.stringify(import.meta.resolve('./keys.ts'))})
  const [folder, blocks] = process.argv.slice(1)
  const keys = await Keys.open(folder, { create: true })
  for (let slot = 0; slot < blocks * 4096; slot += 1024) {
    await keys.ensureSlot(slot)
    const key = keys.release({ effect: 'allow', permits: () => true }, '${caseId}', slot, 'ID')
    process.stdout.write(slot + ' ' + key.secret.export().toString('hex') + '\\n')
  }
`
const start = (folder: string, blocks: number) =>
  spawn(process.execPath, ['--input-type=module', '-e', program, folder, String(blocks)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

async function said(child: ReturnType<typeof start>, stopAfter = Number.POSITIVE_INFINITY) {
  const lines = new Map<number, string>()
  for await (const line of createInterface({ input: child.stdout! })) {
    const [slot, key] = line.split(' ')
    if (key?.length === 64) lines.set(Number(slot), key)
    if (lines.size >= stopAfter) child.kill('SIGKILL')
  }
  return lines
}

test('several processes that make keys and grow the key store at once agree on every secret', async () => {
  const folder = join(base, 'together')
  const [one, two, three] = await Promise.all([1, 2, 3].map(() => said(start(folder, 5))))
  assert.equal(one!.size, 20)
  assert.deepEqual(two, one)
  assert.deepEqual(three, one)
  const keys = await Keys.open(folder)
  for (const [slot, key] of one!) assert.equal(keyOf(keys, slot), key)
  assert.deepEqual(readdirSync(folder).sort(), ['root.key', 'slots.bin'])
})

test('a process killed while it grows the store loses no slot it had given out and blocks nobody', async () => {
  const folder = join(base, 'killed')
  await Keys.open(folder, { create: true })
  const acknowledged = new Map<number, string>()
  for (const stopAfter of [1, 5, 9]) {
    for (const [slot, key] of await said(start(folder, 40), stopAfter)) {
      assert.equal(acknowledged.get(slot) ?? key, key)
      acknowledged.set(slot, key)
    }
  }
  const keys = await Keys.open(folder)
  await keys.ensureSlot(41 * 4096)
  assert.ok(acknowledged.size >= 9)
  for (const [slot, key] of acknowledged) assert.equal(keyOf(keys, slot), key)
})

test('a lock left by a dead process is taken over by exactly one', async () => {
  const path = join(base, 'stale.lock')
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise(resolve => child.on('exit', resolve))
  let inside = 0
  let most = 0
  const owner = await ownerText(path)
  writeFileSync(path, JSON.stringify({ ...owner, pid: child.pid }))
  await Promise.all(
    Array.from({ length: 8 }, () =>
      withLock(path, async () => {
        inside += 1
        most = Math.max(most, inside)
        await new Promise(resolve => setImmediate(resolve))
        inside -= 1
      }),
    ),
  )
  assert.equal(most, 1)
})

test('a process id that was given to another process does not keep a lock alive', async () => {
  const path = join(base, 'reused.lock')
  const owner = await ownerText(path)
  if (owner.started === '') return
  writeFileSync(path, JSON.stringify({ ...owner, started: '1' }))
  assert.equal(await withLock(path, () => 'taken', 2_000), 'taken')
})

test('a living owner is waited for, and so is one of another machine until it has been silent for a minute', async () => {
  const path = join(base, 'alive.lock')
  const locked = (error: unknown) => error instanceof KeyError && error.code === 'locked'
  await withLock(path, () =>
    assert.rejects(
      withLock(path, () => {}, 60),
      locked,
    ),
  )
  const owner = await ownerText(path)
  writeFileSync(path, JSON.stringify({ ...owner, place: 'elsewhere', pid: 1 }))
  await assert.rejects(
    withLock(path, () => {}, 60),
    locked,
  )
  const longAgo = new Date(Date.now() - 120_000)
  utimesSync(path, longAgo, longAgo)
  assert.equal(await withLock(path, () => 'taken', 2_000), 'taken')
})

/** What a lock held by this process says. */
function ownerText(path: string): Promise<{ pid: number; started: string }> {
  return withLock(path, () => JSON.parse(readFileSync(path, 'utf8')))
}
