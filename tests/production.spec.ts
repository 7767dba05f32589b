import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root } from '#platform/config/root.ts'
import { removeCluster } from '#platform/db/cluster.ts'
import { twoPorts } from './harness/ports.ts'
import { launch, samaan, startProgram } from './harness/program.ts'

let folder: string
let env: Record<string, string>
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samaan-production-'))
  // A pack without gaps, signed, of an invented country that does not call itself a demonstration.
  const pack = JSON.parse(await readFile(join(root, 'countries/xsa/pack.json'), 'utf8'))
  await cp(join(root, 'countries/xsa'), join(folder, 'countries/xaa'), { recursive: true })
  await writeFile(
    join(folder, 'countries/xaa/pack.json'),
    JSON.stringify({
      ...pack,
      code: 'XAA',
      demonstration: false,
      signedOff: { name: 'Ada Lawson', role: 'National lawyer', on: '2026-01-05' },
    }),
  )
  env = {
    SAMAAN_COUNTRY: 'XAA',
    SAMAAN_COUNTRIES: join(folder, 'countries'),
    SAMAAN_STAFF_ORIGIN: 'https://staff.example.org',
    SAMAAN_SITE_ORIGIN: 'https://help.example.org',
  }
})
after(async () => {
  await removeCluster(join(folder, 'data', 'postgres'))
  await rm(folder, { recursive: true, force: true })
})

/** Starts and expects it to end by itself. @returns what it said */
async function refused(data: string, given: Record<string, string>): Promise<string> {
  const program = launch({ data, mode: 'production', port: await twoPorts(), env: given })
  const [code] = (await once(program.child, 'exit')) as [number]
  assert.equal(code, 1)
  return program.said()
}

test('without its settings it refuses to start and names every one of them', async () => {
  const said = await refused(join(folder, 'data'), { SAMAAN_COUNTRY: '' })
  for (const name of ['SAMAAN_COUNTRY', 'SAMAAN_STAFF_ORIGIN', 'SAMAAN_SITE_ORIGIN', 'keys/root.key'])
    assert.ok(said.includes(name), `${name} is not named in:\n${said}`)
})

test('the demonstration country and a country with gaps are refused', async () => {
  await samaan(['keys', 'create', '--data', join(folder, 'data')], {})
  assert.match(await refused(join(folder, 'data'), { ...env, SAMAAN_COUNTRY: 'XSA' }), /demonstration country/)
  const gaps = await refused(join(folder, 'data'), {
    ...env,
    SAMAAN_COUNTRY: 'TTO',
    SAMAAN_COUNTRIES: join(root, 'countries'),
  })
  assert.match(gaps, /not ready for work with people/)
})

test('a root key that others can read is refused', async () => {
  const key = join(folder, 'data', 'keys', 'root.key')
  await chmod(key, 0o644)
  assert.notEqual(await refused(join(folder, 'data'), env), '')
  await chmod(key, 0o600)
})

test('in order, it serves: without demonstration sign-in, and the first administrator comes by a link', async () => {
  const data = join(folder, 'data')
  const invited = await samaan(
    ['admin', 'create', '--name', 'Nadia Firth', '--email', 'nadia@example.org', '--organisation', 'Ministry'],
    { ...env, SAMAAN_DATA: data },
  )
  assert.equal(invited.code, 0, invited.said)
  const token = /invitation#([A-Za-z0-9_-]{43})/.exec(invited.said)?.[1]
  assert.ok(token, invited.said)
  const program = await startProgram({ data, mode: 'production', env })
  try {
    assert.equal((await fetch(`${program.staff}/api/auth/demonstration`)).status, 404)
    const begun = await fetch(`${program.staff}/api/auth/sign-in/begin`, { method: 'POST' })
    assert.equal(((await begun.json()) as { demonstration: boolean }).demonstration, false)
    const opened = await fetch(`${program.staff}/api/auth/invitation/begin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    const offer = (await opened.json()) as { name: string }
    assert.equal(offer.name, 'Nadia Firth', JSON.stringify(offer))
    assert.equal((await fetch(`${program.site}/en`)).status, 200)
  } finally {
    await program.stop()
  }
})
