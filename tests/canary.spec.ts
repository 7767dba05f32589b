import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { care } from '#capabilities/care/contract.ts'
import { agreedPlan, assessmentBody, planBody, safetyBody } from '#capabilities/care/make.ts'
import { cases } from '#capabilities/cases/contract.ts'
import { charge } from '#capabilities/cases/contract-charge.ts'
import { where } from '#capabilities/cases/contract-where.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { health } from '#capabilities/health/contract.ts'
import { attachedTo, noteBody, treatedByClinic } from '#capabilities/health/make.ts'
import { justice } from '#capabilities/justice/contract.ts'
import { confirmedOrder, interestBody, leadBody } from '#capabilities/justice/make.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { screening } from '#capabilities/screening/contract.ts'
import { noticeAll } from '#capabilities/tasks/server/notice.ts'
import { readConfig } from '#platform/config/config.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { removeCluster } from '#platform/db/cluster.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { pdf, photograph } from '#platform/files/server/make.ts'
import { notify } from '#platform/notify/contract.ts'
import { sendWaiting } from '#platform/notify/server/send.ts'
import { organisationId } from '../tools/demonstration/people.ts'
import { mailsInto, openedBackup } from './canary/copies.ts'
import { assertScanFinds, foundIn, type Places, scanEverywhere, sizeOf } from './canary/everywhere.ts'
import { bringFiles, bringToLead, inFiles } from './canary/files.ts'
import { safePlace, scanned } from './canary/safe-place.ts'
import { indexOf, needleOf, scanFiles } from './canary/scan.ts'
import { inDays } from './harness/day.ts'
import type { Harness, Persona } from './harness/harness.ts'
import { consentBody, screenedBody } from './harness/make.ts'

/**
 * What the main job in the browser does not come by: fields that its people leave empty, corrections, notes, a refusal,
 * a command sent twice, input that is turned away. Texts that stand nowhere else in the world.
 */
const canaries = {
  ...inFiles,
  familyName: 'Quóstavick',
  knownAs: 'Brambulwhist',
  document: 'XQ7719KLM4402',
  correctedName: 'Vellimontrose',
  correctedPhone: '+999 555 7391846',
  repeated: 'nineteenpurpleherons',
  noticed: 'barsoneverywindowofthebarn',
  wroteIt: 'Amparintha Quillbrook',
  location: 'thirdhousepastthesawmill',
  note: 'afraidofthetallforeman',
  refusal: 'nobedforatallman',
  searched: 'Vellimontr',
  malformed: 'unfinishedsentenceofhers',
  treated: 'sleepsonlynearthestove',
  scanName: 'leftwristofthetwentysecond',
  inScan: 'drawnatthequietclinic',
  assessed: 'heruncleholdsthepassport',
  threat: 'hesleepsbythebusstation',
  codeWord: 'marigoldsinawoodenshoe',
  goal: 'abakeryofherveryown',
  ownWords: 'iwillneverpickcoffeeagain',
  given: 'twobluedressesandacoat',
  keptUp: 'shecriedaboutthegoats',
  ended: 'aferrytickettoherbrother',
  guardian: 'Perpetua Vandersluis',
  childSaid: 'letmestaywithmygrandmother',
  leadTitle: 'Corbelstoneyard',
  leadTold: 'fourcotsbehindthebottlingplant',
  leadSource: 'thebakersniecetoldthis',
  leadNote: 'awhitevanwithonelamp',
  court: 'Assizeofthenorthernquays',
  vital: 'hewasseenattheferry',
  whereTo: 'bytheboatshedatnine',
  doorWord: 'lanternsandwildginger',
  whereAnew: 'notthereaskattheferry',
}
const control = 'ControlTextThatMustBeFound'

let root: string
let harness: Harness
let mail: Awaited<ReturnType<typeof mailsInto>>
const logged: string[] = []
const write = process.stderr.write.bind(process.stderr)
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'samaan-canary-'))
  // A cluster of its own: its files hold this journey and nothing else.
  process.env.SAMAAN_TEST_CLUSTER = join(root, 'postgres')
  const { startHarness } = await import('./harness/harness.ts')
  mail = await mailsInto(join(root, 'mail'))
  harness = await startHarness({
    log: readConfig({ SAMAAN_DATA: root }, 'demonstration').log,
    mail: { url: mail.url, from: 'notices@post.example' },
  })
  process.stderr.write = ((piece: string | Uint8Array) => {
    logged.push(String(piece))
    return true
  }) as typeof process.stderr.write
})
after(async () => {
  process.stderr.write = write
  await harness.stop()
  await mail.close()
  await removeCluster(join(root, 'postgres'))
  await rm(root, { recursive: true, force: true })
})

async function journey(): Promise<void> {
  const [marisol, tobias, dalia, celeste] = await Promise.all(
    (['marisol', 'tobias', 'dalia', 'celeste'] as const).map(harness.as),
  )
  const { familyName, knownAs, document } = canaries
  const made = screenedBody({
    story: `There were ${canaries.repeated}.`,
    card: { instrument: 'labour-sign-card', version: '2', answers: { noticed: `There are ${canaries.noticed}.` } },
    paper: { writtenAt: new Date().toISOString(), writtenBy: canaries.wroteIt },
    identity: { givenName: 'Wendeline', familyName, knownAs, document, age: 24, sex: 'female' },
  })
  const key = uuidv7()
  await marisol!.call(screening.record, { body: made, key })
  await marisol!.call(screening.record, { body: made, key })
  const given = consentBody([organisationId('counter-trafficking-unit'), organisationId('samaan-house')])
  await marisol!.call(consent.give, { params: { case: made.case }, body: given })
  const toUnit = uuidv7()
  await marisol!.call(referrals.send, {
    body: {
      id: toUnit,
      case: made.case,
      kind: 'identification',
      to: organisationId('counter-trafficking-unit'),
      urgency: 'urgent',
      consent: given.id,
      share: ['ID', 'SVC', 'STA'],
    },
  })
  await tobias!.call(referrals.accept, { params: { referral: toUnit }, body: {}, version: 1 })
  const params = { case: made.case }
  const { version } = await tobias!.call(cases.read, { params })
  await tobias!.call(charge.assign, { params, body: { coordinator: dalia!.account }, version })
  const { identityVersion, identity } = await dalia!.call(cases.read, { params })
  assert.equal(identity?.knownAs, knownAs)
  await dalia!.call(cases.changeIdentity, {
    params,
    body: { givenName: canaries.correctedName, familyName, phone: canaries.correctedPhone },
    version: identityVersion!,
  })
  await dalia!.call(cases.changeLocation, {
    params,
    body: { text: `The ${canaries.location}, ${safePlace}` },
    version: 0,
  })
  // Told to who may ask: the answer and what is written down about it leave nothing either.
  assert.ok((await dalia!.call(where.read, { params })).text?.includes(safePlace))
  await dalia!.call(cases.addNote, { params, body: { id: uuidv7(), text: `She is ${canaries.note}` } })
  const found = await tobias!.call(cases.search, { query: { words: canaries.searched } })
  assert.equal(found.items[0]?.id, made.case)
  await bringFiles(marisol!, made.case, harness)
  await treated(made.case)
  await pursued(dalia!, made.case)
  await cared(dalia!, made.case)
  const bed = uuidv7()
  await dalia!.call(referrals.send, {
    body: {
      id: bed,
      case: made.case,
      kind: 'service',
      service: 'safe-accommodation',
      to: organisationId('samaan-house'),
      urgency: 'emergency',
      consent: given.id,
      share: ['ID', 'STA'],
    },
  })
  await celeste!.call(referrals.decline, {
    params: { referral: bed },
    body: { reason: 'no-place', answer: `There is ${canaries.refusal}` },
    version: 1,
  })
  await takenIn(dalia!, celeste!, made.case, given.id)
  // What goes wrong must not tell either: refused input, a deny, a database that refuses, an address nobody knows.
  const raw = async (status: number, body: string, path = '/api/screenings') => {
    const answer = await marisol!.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body,
    })
    assert.equal(answer.status, status)
  }
  const { malformed } = canaries
  await raw(400, `{"story":"${malformed}`)
  await raw(400, JSON.stringify({ ...made, id: malformed, [malformed]: 1 }))
  await raw(400, JSON.stringify({ ...made, story: `${malformed}\u0000` }))
  await raw(409, JSON.stringify({ ...made, story: malformed }))
  await raw(404, '{}', `/api/${malformed}`)
  for (const [who, address] of [
    [celeste!, `/api/cases/search?words=${malformed}`],
    [tobias!, `/api/cases/search?words=${malformed}&surprise=${malformed}`],
  ] as const)
    assert.notEqual((await who.fetch(address)).status, 200)
}

/** The safe place takes the person on after all and says where to bring them, and again; both are read. */
async function takenIn(dalia: Persona, celeste: Persona, id: string, given: string): Promise<void> {
  const { whereTo, doorWord, whereAnew } = canaries
  const referral = uuidv7()
  const params = { referral }
  const asked = { case: id, kind: 'service' as const, service: 'safe-accommodation' as const, consent: given }
  const to = organisationId('samaan-house')
  await dalia.call(referrals.send, { body: { ...asked, id: referral, to, urgency: 'emergency', share: ['ID', 'STA'] } })
  await celeste.call(referrals.accept, { params, body: {}, version: 1 })
  for (const [version, text] of [`${whereTo}: ${safePlace}; at the door say ${doorWord}`, whereAnew].entries()) {
    await celeste.call(whereabouts.say, { params, version, body: { id: uuidv7(), text } })
    for (const by of [dalia, celeste]) assert.equal((await by.call(whereabouts.read, { params })).text, text)
  }
}

/** Everybody wants mail, and something waits for some of them. */
async function mailed(): Promise<void> {
  for (const key of ['marisol', 'tobias', 'dalia', 'celeste'] as const)
    await (await harness.as(key)).call(notify.choose, { body: { every: '1' } })
  const jobs = pool(harness.database.url('jobs'), 2, 'samaan-test-jobs')
  try {
    // By day, when mail leaves: noon of tomorrow by the demonstration country's clock.
    const noon = new Date(Math.floor(Date.now() / 86_400_000 + 1) * 86_400_000 + 16 * 3_600_000)
    await inTransaction(jobs, undefined, tx => noticeAll(tx, harness.services, noon))
    await inTransaction(jobs, undefined, tx => sendWaiting(tx, harness.services, noon))
  } finally {
    await jobs.end()
  }
}

/** What police know of it, and what a court and an emergency have them handed. */
async function pursued(dalia: Persona, id: string): Promise<void> {
  const params = { case: id }
  const petra = await harness.as('petra')
  const { leadTitle, leadTold, leadSource, leadNote, court, vital } = canaries
  const lead = leadBody({ title: leadTitle, content: leadTold, source: leadSource, conditions: leadTold })
  await petra.call(justice.makeLead, { body: lead })
  await petra.call(justice.addLeadNote, { params: { lead: lead.id }, body: { id: uuidv7(), text: leadNote } })
  await petra.call(justice.listLeads, { query: { words: leadTitle } })
  await bringToLead(harness, petra, lead.id)
  const order = await confirmedOrder(harness, id, petra, { court, number: court })
  const receipt = uuidv7()
  await petra.call(justice.receive, { params: { handed: order }, body: { id: receipt } })
  await petra.call(justice.readHanded, { params: { handed: order, receipt } })
  const interest = interestBody(petra.organisation, petra.account, { words: vital })
  await dalia.call(justice.recordInterest, { params, body: interest })
}

/** What is said and planned with the person, to the end of it. */
async function cared(dalia: Persona, id: string): Promise<void> {
  const params = { case: id }
  const { assessed, threat, codeWord, goal, ownWords, given, keptUp, ended, guardian, childSaid } = canaries
  const assessment = assessmentBody()
  Object.assign(assessment.domains[0]!, { note: assessed })
  Object.assign(assessment.domains[0]!.determinants[0]!, { evidence: assessed })
  await dalia.call(care.assess, { params, body: { ...assessment, needs: [] } })
  const threats = [{ ...safetyBody().threats[0]!, what: threat }]
  await dalia.call(care.changeSafety, { params, body: safetyBody({ threats, codeWord }), version: 0 })
  await dalia.call(care.codeWord, { params })
  const plan = planBody()
  Object.assign(plan.goals[0]!, { goal })
  await agreedPlan(harness, id, { ...plan, ownWords })
  await dalia.call(care.deliver, {
    params,
    body: {
      id: uuidv7(),
      service: 'non-food-items',
      outcome: 'delivered',
      on: inDays(-1),
      organisation: dalia.organisation,
      note: given,
    },
  })
  await dalia.call(care.planFollowUps, { params, body: { kind: 'contact', dates: [inDays(1)] } })
  const [followUp] = (await dalia.call(care.followUps, { params })).items
  await dalia.call(care.markFollowUp, {
    params: { ...params, followUp: followUp!.id },
    body: { state: 'done', note: keptUp },
    version: 1,
  })
  await dalia.call(cases.editIdentity, {
    params,
    body: { id: uuidv7(), edits: [{ field: 'birthDate', value: '2015-03-03', base: null }] },
  })
  await dalia.call(care.nameGuardian, {
    params,
    body: {
      id: uuidv7(),
      name: guardian,
      relation: 'relative',
      verified: 'documents-seen',
      how: guardian,
      suspected: false,
    },
  })
  await dalia.call(care.weighInterest, {
    params,
    body: {
      id: uuidv7(),
      kind: 'assessment',
      step: 'placement',
      outcome: 'in-interest',
      childSaid,
      reasons: childSaid,
    },
  })
  const { open } = await dalia.call(care.closing, { params })
  await dalia.call(care.proposeClosure, {
    params,
    body: {
      id: uuidv7(),
      reason: 'moved-away',
      planned: true,
      reasons: ended,
      explained: open.map(one => one.id),
    },
  })
}

/** What the clinic writes of it, with a report and a scan. */
async function treated(id: string): Promise<void> {
  const { treated, scanName, inScan } = canaries
  await treatedByClinic(harness, id)
  const jonah = await harness.as('jonah')
  const body = noteBody({ text: treated })
  await jonah.call(health.write, { params: { case: id }, body })
  for (const plain of [pdf(inScan), await photograph(inScan)]) {
    const file = await attachedTo(harness, jonah, { case: id, note: body.id }, plain, `${scanName}.jpg`)
    const saved = await jonah.fetch(`/api/cases/${id}/health/files/${file}/original`)
    assert.ok(Buffer.from(await saved.arrayBuffer()).includes(inScan))
  }
}

const places = (): Places => ({
  superUrl: harness.database.url('super'),
  cluster: join(root, 'postgres'),
  folders: [root, harness.services.config.dataFolder],
  log: () => logged.join(''),
})

test('a text planted in a row, in a bytea, in a file and in the log is found there, in the data and in the write-ahead log', async t => {
  harness.services.config.log({ event: 'planted', words: control })
  t.diagnostic(`found in ${foundIn(await assertScanFinds(places(), control)).length} places`)
})

test('what is corrected, noted, declined or refused stands nowhere in clear', async t => {
  await journey()
  await mailed()
  assert.ok(mail.received() > 0, 'no mail was sent')
  const scans = await scanEverywhere(places(), [...Object.values(canaries), ...scanned])
  t.diagnostic(sizeOf(scans))
  assert.ok(scans.dump.looked > 300)
  assert.ok(scans.rows.looked > 3000 && scans.files.looked > 300 && scans.files.bytes > 30 << 20)
  assert.deepEqual(foundIn(scans), [])
})

test('nor does it stand in the mails that were sent, nor in the backup, once that is opened', async t => {
  const thief = join(root, 'thief')
  await openedBackup({ cluster: join(root, 'postgres'), dataFolder: harness.services.config.dataFolder }, thief)
  // Each holds what it is known to hold.
  const waits = 'Something waits for you'
  const names = [...Object.values(canaries), ...scanned, control, waits]
  const { found, looked, bytes } = await scanFiles([join(root, 'mail'), thief], indexOf(names.map(needleOf)))
  t.diagnostic(`${looked} files (${bytes >> 20} MB)`)
  assert.ok(found.includes(`${join(thief, 'opened.tar')}: ${control}`))
  assert.ok(found.includes(`${join(root, 'mail', '1.eml')}: ${waits}`))
  assert.deepEqual(
    found.filter(one => !one.endsWith(`: ${control}`) && !one.endsWith(`: ${waits}`)),
    [],
  )
})
