import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { due } from '#platform/clocks/clock.ts'
import { dayNumber, weekday } from '#platform/clocks/zone.ts'
import { gapsOf } from './flaws.ts'
import { loadPacks, PackError, parsePack } from './load.ts'
import {
  type CountryPack,
  calendarOf,
  findClock,
  findResponse,
  holidaysKnownUntil,
  lawDemands,
  notificationDemanded,
  textStanding,
} from './pack.ts'

const countries = fileURLToPath(new URL('../../../countries/', import.meta.url))
let packs: ReadonlyMap<string, CountryPack>
let aurelia: CountryPack
let trinidad: CountryPack
let scratch: string

before(async () => {
  packs = await loadPacks(countries)
  aurelia = packs.get('XSA')!
  trinidad = packs.get('TTO')!
  scratch = await mkdtemp(join(tmpdir(), 'packs-'))
})
after(() => rm(scratch, { recursive: true }))

/** The flaws of Santa Aurelia's pack after a change. */
function flawsAfter(change: (pack: CountryPack) => void): string[] {
  const pack = structuredClone(aurelia)
  change(pack)
  try {
    parsePack('pack.json', pack)
    return []
  } catch (error) {
    assert.ok(error instanceof PackError)
    return error.flaws.map(({ path }) => path)
  }
}

test('both packs are valid and are found by their code', () => {
  assert.deepEqual([...packs.keys()].sort(), ['TTO', 'XSA'])
  assert.equal(aurelia.demonstration, true)
  assert.equal(trinidad.demonstration, false)
})

test('Santa Aurelia is ready to run', () => {
  assert.deepEqual(gapsOf(aurelia), [])
  assert.equal(aurelia.places.filter(({ kind }) => kind === 'district').length, 7)
  const kinds = aurelia.bodies.map(({ kind }) => kind).sort()
  assert.deepEqual(kinds, [
    'child-protection',
    'competent-authority',
    'health',
    'immigration',
    'labour-inspectorate',
    'legal-aid',
    'ngo',
    'ngo',
    'police',
    'shelter',
  ])
})

test('Santa Aurelia has the default clocks', () => {
  const clocks = Object.fromEntries(
    aurelia.clocks.map(({ code, amount, unit, warnAt }) => [code, [amount, unit, warnAt]]),
  )
  assert.deepEqual(clocks, {
    'immediate-danger': [1, 'hours', 0.8],
    'referral-acknowledgement': [24, 'hours', 0.8],
    'referral-stale': [48, 'hours', 0.8],
    'reasonable-grounds': [5, 'working-days', 0.8],
    'recovery-period': [30, 'calendar-days', 0.8],
    'recovery-review': [21, 'calendar-days', 0.8],
    'conclusive-grounds': [90, 'calendar-days', 0.8],
    'reconsideration-request': [30, 'calendar-days', 0.8],
    'child-guardian': [24, 'hours', 0.8],
  })
  assert.deepEqual(findResponse(aurelia, 'emergency'), { amount: 1, unit: 'hours' })
  assert.deepEqual(findResponse(aurelia, 'urgent'), { amount: 24, unit: 'hours' })
  assert.deepEqual(findResponse(aurelia, 'routine'), { amount: 3, unit: 'working-days' })
})

test('a clock of the pack counts on the calendar of the pack', () => {
  const { amount, unit } = findClock(aurelia, 'reasonable-grounds')!
  // The eve of Christmas 2026: 25 and 26 December are holidays, and so is 1 January.
  const last = due(calendarOf(aurelia), { start: new Date('2026-12-24T14:00:00Z'), amount, unit })
  assert.equal(last.toISOString(), '2027-01-04T20:00:00.000Z')
  assert.equal(holidaysKnownUntil(aurelia), '2028-12-31')
})

/** Western Easter by Gauss's rule as amended; a second way to the dates that the packs list. */
function easter(year: number): number {
  const century = Math.floor(year / 100)
  const golden = year % 19
  const p = Math.floor((13 + 8 * century) / 25)
  const m = (15 - p + century - Math.floor(century / 4)) % 30
  const n = (4 + century - Math.floor(century / 4)) % 7
  const moon = (19 * golden + m) % 30
  const days = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + n) % 7
  const late = (moon === 29 && days === 6) || (moon === 28 && days === 6 && (11 * m + 11) % 30 < 19)
  return dayNumber(`${year}-03-22`) + moon + days - (late ? 7 : 0)
}

test('movable holidays fall where Easter puts them', () => {
  assert.equal(easter(2027), dayNumber('2027-03-28'))
  for (const pack of packs.values()) {
    for (const year of pack.holidays.years) {
      const moved = pack.holidays.items
        .filter(
          ({ date, names }) =>
            date.startsWith(`${year}`) && /^(Good Friday|Easter Monday|Corpus Christi)$/.test(names.en!),
        )
        .map(({ date }) => dayNumber(date) - easter(year))
      assert.deepEqual(moved, [-2, 1, 60], `${pack.code} ${year}`)
    }
  }
})

test('a holiday of Santa Aurelia on a Sunday is also kept on a later day that is no other holiday', () => {
  const days = aurelia.holidays.items.map(({ date }) => dayNumber(date))
  const inLieu = aurelia.holidays.items.filter(({ names }) => names.en!.endsWith('(day in lieu)'))
  assert.equal(inLieu.length, days.filter(day => weekday(day) === 7).length)
  for (const { date } of inLieu) assert.notEqual(weekday(dayNumber(date)), 7, date)
  assert.equal(new Set(days).size, days.length)
})

test('every number of the invented country is one that nobody can have', async () => {
  for (const { phone } of aurelia.bodies) assert.match(phone ?? '+999 000', /^\+999 000/)
  for (const { number } of aurelia.hotlines.items) assert.match(number, /^\+999 000/)
  for (const { email } of aurelia.bodies) assert.match(email ?? '', /\.example$/)
})

test('the pack of Trinidad and Tobago invents no number, contact, clock or signature', () => {
  assert.deepEqual(trinidad.hotlines.items, [])
  assert.equal(trinidad.hotlines.verified, 'none')
  for (const { phone, email, code } of trinidad.bodies) assert.deepEqual([phone, email], [null, null], code)
  for (const { code } of trinidad.clocks) assert.equal(findClock(trinidad, code), undefined, code)
  assert.equal(findResponse(trinidad, 'urgent'), undefined)
  assert.deepEqual([trinidad.signedOff, trinidad.reviewers], [null, []])
  assert.doesNotMatch(JSON.stringify(trinidad), /"verified": ?"P"/)
  assert.ok(trinidad.holidays.items.every(({ verified }) => verified === 'G'))
  assert.throws(() => calendarOf(trinidad), /TTO leaves its working time open/)
})

test('the gaps of a pack are named', () => {
  const gaps = gapsOf(trinidad)
  for (const gap of ['work.hours.value', 'holidays.complete', 'clocks[3].amount', 'hotlines.items', 'signedOff']) {
    assert.ok(gaps.includes(gap), gap)
  }
})

test('the law demands a notification only when it was read and the pack is signed', () => {
  assert.equal(lawDemands(aurelia, 'notification-without-consent'), false)
  assert.equal(lawDemands(trinidad, 'notification-without-consent'), false)
  const signed = structuredClone(trinidad)
  const flag = signed.law.flags.find(({ code }) => code === 'notification-without-consent')!
  Object.assign(flag, { value: true, verified: 'V', source: 'section 1' })
  assert.equal(lawDemands(signed, flag.code), false)
  signed.signedOff = { name: 'A. Lawyer', role: 'Counsel', on: '2026-11-22' }
  assert.equal(lawDemands(signed, flag.code), true)
  flag.verified = 'V2'
  assert.equal(lawDemands(signed, flag.code), false)
})

test('what a notification may say counts only where that was read too, and the duty stands', () => {
  assert.equal(notificationDemanded(aurelia), undefined)
  assert.equal(notificationDemanded(trinidad), undefined)
  const signed = structuredClone(aurelia)
  const flag = signed.law.flags.find(({ code }) => code === 'notification-without-consent')!
  Object.assign(signed, { demonstration: false, signedOff: { name: 'A. Lawyer', role: 'Counsel', on: '2026-11-22' } })
  Object.assign(signed.law.notification, { verified: 'V' })
  assert.equal(notificationDemanded(signed), undefined)
  Object.assign(flag, { verified: 'V' })
  assert.deepEqual(notificationDemanded(signed), ['sector', 'exploitation', 'urgency'])
  Object.assign(signed.law.notification, { verified: 'P' })
  assert.equal(notificationDemanded(signed), undefined)
})

test('a text that nobody reviewed is shown in a demonstration only', () => {
  assert.equal(textStanding(aurelia, 'es', 'consent'), 'demonstration')
  assert.equal(textStanding(trinidad, 'es', 'consent'), 'withheld')
  const reviewed = structuredClone(trinidad)
  reviewed.reviewers.push({
    language: 'es',
    texts: ['consent'],
    name: 'R. Native',
    role: 'Translator',
    on: '2026-11-22',
  })
  assert.equal(textStanding(reviewed, 'es', 'consent'), 'signed')
  assert.equal(textStanding(reviewed, 'es', 'danger'), 'withheld')
  assert.equal(textStanding(reviewed, 'en', 'consent'), 'withheld')
})

test('the path of a bad field is named', () => {
  const changes: [string, (pack: CountryPack) => void][] = [
    ['clocks[3].unit', pack => Object.assign(pack.clocks[3]!, { unit: 'fortnights' })],
    ['clocks[3].amount', pack => Object.assign(pack.clocks[3]!, { amount: 2.5 })],
    ['clocks[0].unit', pack => Object.assign(pack.clocks[0]!, { unit: null })],
    ['clocks', pack => pack.clocks.pop()],
    ['clocks[9].code', pack => pack.clocks.push({ ...pack.clocks[0]! })],
    ['timeZone.value', pack => Object.assign(pack.timeZone, { value: 'America/Santa_Aurelia' })],
    ['currency.verified', pack => Object.assign(pack.currency, { value: null })],
    ['callingCode.value', pack => Object.assign(pack.callingCode, { verified: 'none' })],
    ['callingCode.source', pack => Object.assign(pack.callingCode, { verified: 'V', source: null })],
    ['holidays.items[0].date', pack => Object.assign(pack.holidays.items[0]!, { date: '2026-02-30' })],
    ['holidays.items[0].date', pack => Object.assign(pack.holidays.items[0]!, { date: '2031-01-01' })],
    ['holidays.items[1].date', pack => Object.assign(pack.holidays.items[1]!, { date: pack.holidays.items[0]!.date })],
    ['work.hours.value[0]', pack => Object.assign(pack.work.hours.value![0]!, { from: '17:00' })],
    ['work.days.value[0]', pack => pack.work.days.value!.splice(0, 1, 0)],
    ['places[4].within', pack => Object.assign(pack.places[4]!, { within: 'atlantis' })],
    ['bodies[5].places[0]', pack => pack.bodies[5]!.places.splice(0, 1, 'atlantis')],
    ['bodies[7].public', pack => Object.assign(pack.bodies[7]!, { public: true })],
    ['bodies', pack => pack.bodies.shift()],
    ['bodies[0].names.es', pack => delete pack.bodies[0]!.names.es],
    ['hotlines.items[1].number', pack => Object.assign(pack.hotlines.items[1]!, { number: 'call us' })],
    ['law.flags', pack => pack.law.flags.pop()],
    ['law.notification.value.act', pack => Object.assign(pack.law.notification.value!, { act: 'no-act' })],
    ['law.notification.value', pack => Object.assign(pack.law.flags[0]!, { value: false })],
    ['law.notification.value.facts[1]', pack => pack.law.notification.value!.facts.splice(1, 1, 'sector')],
    ['law.notification.verified', pack => Object.assign(pack.law.notification, { value: null })],
    ['(top)', pack => Object.assign(pack, { colour: 'green' })],
  ]
  for (const [path, change] of changes) assert.ok(flawsAfter(change).includes(path), `${path}: ${flawsAfter(change)}`)
  assert.deepEqual(
    flawsAfter(() => {}),
    [],
  )
})

test('a broken file is refused with its name and the field', async () => {
  const write = async (code: string, content: string) => {
    const folder = join(scratch, code)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'pack.json'), content)
  }
  await write('xsa', '{ "code": ')
  await assert.rejects(loadPacks(scratch), /xsa\/pack\.json is not a valid country pack:\n {2}\(file\): /)
  const sound = await readFile(join(countries, 'xsa', 'pack.json'), 'utf8')
  await write('xsa', sound.replace('"calendar-days"', '"moons"'))
  await assert.rejects(
    loadPacks(scratch),
    /xsa\/pack\.json[\s\S]*clocks\[4\]\.unit: Invalid option: expected one of "hours"/,
  )
  await write('xsa', sound)
  assert.equal((await loadPacks(scratch)).size, 1)
  await write('xsb', sound)
  await assert.rejects(loadPacks(scratch), /xsb\/pack\.json[\s\S]*code: must be that of the folder, XSB/)
})
