import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#platform/config/config.ts'
import { leavesHouse } from '#platform/contract/operation.ts'
import { purposes } from '#platform/policy/roles.ts'
import { allBindings } from '../src/bindings.ts'
import { operationTable } from '../tools/operation-table.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const bindings = allBindings(readConfig({}, 'demonstration'))

test('the checked-in table of operations is the code’s', () => {
  const written = readFileSync(join(root, 'tests/operations.txt'), 'utf8')
  assert.equal(written, operationTable(bindings), 'run: node tools/operations.ts, and read what changed')
})

test('every operation says who may, what is written down, and what for', () => {
  assert.ok(bindings.length >= 60, `only ${bindings.length} operations`)
  for (const { operation, rule } of bindings) {
    const { id, access, audit } = operation
    assert.match(id, /^[a-z]+\.[a-z][A-Za-z]*$/)
    assert.match(access, /^(public|signed-in|[a-z-]+\.[a-z-]+)$/, id)
    if (access !== 'public' && access !== 'signed-in') assert.equal(typeof rule, 'function', `${id} has no rule`)
    if (typeof audit === 'string') assert.match(audit, /^[a-z]+\.[a-z-]+$/, id)
    else assert.ok(audit.none.length >= 20, `${id} gives no reason for silence`)
    assert.ok(operation.purpose.length > 0, id)
    for (const one of operation.purpose) assert.ok(purposes.includes(one), `${id}: ${one}`)
  }
})

test('an operation has one id and one address', () => {
  const ids = bindings.map(({ operation }) => operation.id)
  assert.deepEqual(ids, [...new Set(ids)])
  const addresses = bindings.map(({ operation }) => `${operation.method} ${operation.path.replace(/\{\w+\}/g, '{}')}`)
  assert.deepEqual(addresses, [...new Set(addresses)])
})

test('every command that somebody signed in sends is written down, or says why not', () => {
  const silent = bindings
    .filter(({ operation: one }) => one.kind === 'command' && one.access !== 'public' && typeof one.audit !== 'string')
    .map(({ operation }) => operation.id)
  // The first halves of two-step proofs: they change nothing by themselves.
  assert.deepEqual(silent.sort(), ['auth.beginPasskey', 'auth.beginPassword', 'auth.beginStepUp'])
})

test('only what is public works without an account, and the list of it is short', () => {
  const open = bindings.filter(({ operation }) => operation.access === 'public').map(({ operation }) => operation.id)
  assert.deepEqual(open.sort(), [
    'auth.beginInvitation',
    'auth.beginSignIn',
    'auth.demonstrationAccounts',
    'auth.demonstrationSignIn',
    'auth.finishInvitation',
    'auth.finishSignIn',
    'auth.signInWithPassword',
    // With a phone's own credential instead of a session.
    'sync.deliver',
    'sync.hello',
  ])
  const production = allBindings({ ...readConfig({}, 'demonstration'), mode: 'production' })
  const demonstration = production.filter(({ operation }) => /demonstration/i.test(operation.id + operation.path))
  assert.deepEqual(demonstration, [])
})

test('no permission of a policy is without its operation', async () => {
  const used = new Set(bindings.map(({ operation }) => operation.access))
  const files = globSync('src/{capabilities,platform}/*/policy.ts', { cwd: root })
  assert.ok(files.length >= 6)
  for (const file of files) {
    const { policy } = (await import(join(root, file))) as { policy: Record<string, unknown> }
    assert.deepEqual(
      Object.keys(policy).filter(one => !used.has(one as never)),
      [],
      file,
    )
  }
})

test('every operation of every contract is bound', async () => {
  const bound = new Set(bindings.map(({ operation }) => operation))
  for (const file of globSync('src/{capabilities,platform}/*/contract.ts', { cwd: root })) {
    const contract = (await import(join(root, file))) as Record<string, unknown>
    const operations = Object.values(contract)
      .filter(one => one !== null && typeof one === 'object')
      .flatMap(one => Object.values(one as object))
      .filter(one => one !== null && typeof one === 'object' && 'access' in one && 'audit' in one && 'path' in one)
    for (const one of operations)
      assert.ok(bound.has(one as never), `${file}: ${(one as { id: string }).id} is not bound`)
  }
})

test('whatever leaves the house is marked, and is what the console finds as exports', () => {
  const leaving = bindings.filter(({ operation }) => leavesHouse(operation)).map(({ operation }) => operation.id)
  assert.deepEqual(leaving.sort(), [
    'care.printPlan',
    'cases.decisionNotice',
    'cases.exportCsv',
    'cases.readAttachment',
    'directory.exportHsds',
    'health.readFile',
    'justice.readLeadFile',
    'justice.receive',
    'justice.saveHanded',
    'oversight.exportEvents',
    'oversight.exportSubject',
    'referrals.makeLink',
    'referrals.makePaper',
    'referrals.performanceCsv',
    'referrals.received',
    'screening.exportInstrument',
    'screening.xform',
    'situation.coverageReport',
    'situation.report',
    'visits.makeCode',
  ])
  // Whatever is called as a paper, a file or a link is marked, or stands here: it brings one in, ends one, or is of the page alone.
  const called = /export|csv|print|paper|notice|report|sheet|link(?!e)|code|file|save|received|pdf|xform/i
  const stays = bindings
    .map(({ operation }) => operation)
    .filter(one => called.test(one.id.split('.')[1]!) && !leavesHouse(one))
    .map(one => one.id)
  assert.deepEqual(stays.sort(), [
    'auth.newRecoveryCodes',
    'care.codeWord',
    'care.savePlan',
    'matching.link',
    'matching.unlink',
    'referrals.answerOnPaper',
    'referrals.caseFile',
    'referrals.endLink',
    'screening.checkSheet',
    'visits.revokeCode',
  ])
  // A file that stays is one that a page shows.
  const shown = bindings.filter(({ operation: one }) => (one.file || one.stream) && !leavesHouse(one))
  assert.deepEqual(
    shown.map(({ operation }) => operation.id),
    ['situation.picture'],
  )
})
