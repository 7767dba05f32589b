import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { screening } from '#capabilities/screening/contract.ts'
import { demonstration } from '#platform/auth/contract.ts'
import { client } from '#platform/contract/client.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster } from '#platform/db/cluster.ts'
import { accountId } from '../tools/demonstration/people.ts'
import { screeningBody } from './harness/make.ts'
import { type Program, samaan, startProgram } from './harness/program.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samaan-operator-'))
})
after(async () => {
  for (const one of ['first', 'second', 'third']) await removeCluster(join(folder, one, 'postgres'))
  await rm(folder, { recursive: true, force: true })
})

/** Signs in as Marisol through the demonstration's own door. */
async function marisol(program: Program) {
  const answer = await fetch(`${program.staff}/api${demonstration.signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountId('marisol') }),
  })
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  return client(
    (path, init) => fetch(`${program.staff}${path}`, { ...init, headers: { ...(init?.headers as object), cookie } }),
    () => 'en',
  )
}
/** Verifies the audit, giving the sequencer the second it needs. */
async function verified(env: Record<string, string>) {
  let done = await samaan(['audit', 'verify'], env)
  for (let tries = 0; tries < 20 && !done.said.includes(', 0 not numbered'); tries++) {
    await pause(100)
    done = await samaan(['audit', 'verify'], env)
  }
  return done
}

test('last night’s backup brings the country back into an empty folder, audit and all', async () => {
  const first = join(folder, 'first')
  const second = join(folder, 'second')
  const identity = join(folder, 'identity.txt')
  const made = await samaan(['identity', '--out', identity], {})
  assert.equal(made.code, 0, made.said)
  const recipient = /age1[a-z0-9]+/.exec(made.said)![0]

  const program = await startProgram({ data: first })
  const body = screeningBody({ story: 'He keeps bees at home.' })
  await (await marisol(program))(screening.record, { body, key: uuidv7() })
  assert.equal((await verified({ SAMAAN_DATA: first })).code, 0)
  const backup = join(folder, 'night.age')
  const backedUp = await samaan(['backup', '--out', backup, '--to', recipient], { SAMAAN_DATA: first })
  assert.equal(backedUp.code, 0, backedUp.said)
  await program.kill()

  for (const file of [backup, backup.replace('.age', '-keys.age')])
    assert.equal((await readFile(file)).includes('Yeferson'), false)
  const restore = ['restore', '--from', backup, '--keys', backup.replace('.age', '-keys.age'), '--into', second]
  await writeFile(join(folder, 'wrong.txt'), 'AGE-SECRET-KEY-1WRONG\n')
  assert.equal((await samaan([...restore, '--identity-file', join(folder, 'wrong.txt')], {})).code, 1)
  const restored = await samaan([...restore, '--identity-file', identity], {})
  assert.equal(restored.code, 0, restored.said)
  const whole = await samaan(['audit', 'verify'], { SAMAAN_DATA: second })
  assert.equal(whole.code, 0, whole.said)

  const again = await startProgram({ data: second })
  try {
    const read = await (await marisol(again))(screening.read, { params: { screening: body.id } })
    assert.equal(read.story, 'He keeps bees at home.')
  } finally {
    await again.stop()
  }
})

test('an administrator who has not come in yet is given another link by the same command', async () => {
  const create = [
    'admin',
    'create',
    '--name',
    'Nadia Firth',
    '--email',
    'nadia@example.org',
    '--organisation',
    'Ministry',
  ]
  const links: (string | undefined)[] = []
  for (let n = 0; n < 2; n++) {
    const made = await samaan(create, { SAMAAN_DATA: join(folder, 'third') })
    assert.equal(made.code, 0, made.said)
    links.push(/invitation#([A-Za-z0-9_-]{43})/.exec(made.said)?.[1])
  }
  assert.ok(links[0] && links[1])
  assert.notEqual(links[0], links[1])
})

test('a command that is called wrongly says what is missing and does nothing', async () => {
  const nothing = await samaan(['backup', '--out', folder], { SAMAAN_DATA: join(folder, 'none') })
  assert.equal(nothing.code, 2)
  assert.match(nothing.said, /--to/)
  assert.equal((await samaan(['no-such'], {})).code, 2)
})
