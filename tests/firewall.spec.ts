import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { cases } from '#capabilities/cases/contract.ts'
import { consent } from '#capabilities/consent/contract.ts'
import { referrals } from '#capabilities/referrals/contract.ts'
import { whereabouts } from '#capabilities/referrals/contract-whereabouts.ts'
import { helpGiven } from '#capabilities/referrals/make.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { organisationId, type PersonKey, people } from '../tools/demonstration/people.ts'
import { type Harness, type Persona, startHarness } from './harness/harness.ts'
import { consentBody, explained, keptCase } from './harness/make.ts'

// Rules of the wall that no single slice can hold: F5, F6, F8 and F9 of the access rules, over every mounted operation and
// everybody. F1, F2, F3, F7 and F11 stand with the justice slice, whose matter they are.

const place = 'Ochre house past the weir'
const person = { givenName: 'Zenobia', familyName: 'Quarrington', phone: '+999 555 0193', document: 'QX4471902' }
let harness: Harness
let kept: { id: string; reference: string }
/** By which a shelter took the person on, and said where to bring them. */
let referral: string
const personas = new Map<PersonKey, Persona>()
const logged: string[] = []
before(async () => {
  harness = await startHarness({ log: line => logged.push(JSON.stringify(line)) })
  for (const { key } of people) personas.set(key, await harness.as(key))
  kept = await keptCase(harness)
  const params = { case: kept.id }
  const dalia = personas.get('dalia')!
  ;({ referral } = await helpGiven(harness, kept.id, 'accepted'))
  const celeste = personas.get('celeste')!
  const said = { id: uuidv7(), text: `Bring her to the ${place}, at nine.` }
  await celeste.call(whereabouts.say, { params: { referral }, version: 0, body: said })
  await dalia.call(cases.changeLocation, { params, version: 1, body: { text: place } })
  await personas.get('tobias')!.call(cases.changeIdentity, { params, version: 1, body: person })
})
after(() => harness.stop())

/** What somebody might type or choose, so that lists and searches have something to answer. */
const asked = () => [
  '',
  '?limit=100',
  '?words=Ochre',
  '?words=Quarrington',
  '?words=weir&limit=100',
  '?box=inbox&limit=100',
  '?box=sent&limit=100',
  '?mine=yes',
  '?ahead=14',
  `?reference=${kept.reference}`,
  `?words=${kept.reference}`,
]
const known = (name: string): string | undefined => ({ case: kept.id, referral })[name]
/** Each reading operation, with the case, or the referral, wherever one is asked for. */
const paths = (operation: Operation): string[] => {
  const at = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known(name) ?? uuidv7())
  return /\{(case|referral)\}/.test(operation.path) ? [`/api${at}`] : asked().map(query => `/api${at}${query}`)
}
const reading = (): Operation[] =>
  harness.bindings.map(one => one.operation as Operation).filter(one => one.kind === 'query')

/** Which reading operations answered anybody, and which said one of some texts, to whom. */
async function readAll(texts: Readonly<Record<'place' | 'person', readonly string[]>>) {
  const said = { place: new Map<string, Set<PersonKey>>(), person: new Map<string, Set<PersonKey>>() }
  const answered = new Set<string>()
  for (const [key, { fetch }] of personas)
    for (const operation of reading())
      for (const path of paths(operation)) {
        const response = await fetch(path)
        assert.ok(response.status < 500, `${key} ${path}: ${response.status}`)
        const whole = `${JSON.stringify([...response.headers])}${await response.text()}`
        if (response.status === 200) answered.add(operation.id)
        for (const what of ['place', 'person'] as const)
          if (texts[what].some(text => whole.includes(text)))
            said[what].set(operation.id, (said[what].get(operation.id) ?? new Set()).add(key))
      }
  return { said, answered }
}

test('F5, F9: where and who somebody is stands in their case alone; no list, export or log says it', async t => {
  const { said: found, answered } = await readAll({
    place: [place, 'Ochre', 'the weir'],
    person: [person.givenName, person.familyName, '555 0193', '5550193', person.document],
  })
  // By itself, for who looks after it; not even with the rest of the case.
  assert.deepEqual(
    [...found.place].map(([id, keys]) => `${id}: ${[...keys].join(' ')}`),
    ['cases.where: dalia', 'referrals.where: dalia celeste'],
  )
  // No export of identities, so none needs a second person for being large. Who types a name finds whom they look for.
  const ofMany = new Set(
    reading()
      .filter(one => !one.path.includes('{') || one.stream !== undefined)
      .map(one => one.id),
  )
  assert.ok(found.person.has('cases.read'), 'the control is seen')
  assert.deepEqual(
    [...found.person.keys()].filter(id => ofMany.has(id) && id !== 'cases.search'),
    [],
  )
  assert.ok(answered.size > 40, `only ${answered.size} operations answered anybody`)
  t.diagnostic(`${answered.size} of ${reading().length} reading operations answered somebody`)
  assert.ok(!logged.some(line => line.includes(place) || line.includes(person.familyName)))
})

test('F6: whatever an administrator asks for, no key of a case is released', async () => {
  const released: string[] = []
  const { keys } = harness.services
  const release = keys.release.bind(keys)
  keys.release = (...given) => {
    released.push(given[1])
    return release(...given)
  }
  try {
    const { fetch } = personas.get('dalia')!
    await fetch(`/api/cases/${kept.id}`)
    assert.deepEqual([...new Set(released.splice(0))], [kept.id], 'the control is seen')
    for (const [key, { fetch: ask }] of personas)
      if (people.find(one => one.key === key)!.role === 'administrator')
        for (const { operation } of harness.bindings)
          for (const path of paths(operation as Operation))
            await ask(path, {
              method: (operation as { method?: string }).method ?? 'GET',
              ...(operation.kind === 'command'
                ? {
                    headers: {
                      'content-type': 'application/json',
                      'idempotency-key': uuidv7(),
                      'if-match': '"1"',
                      origin: 'http://localhost:4001',
                    },
                    body: '{}',
                  }
                : {}),
            })
    assert.deepEqual(released, [])
  } finally {
    keys.release = release
  }
})

test('F8: whatever was shared with whomever, the next request after a withdrawal meets a missing record', async () => {
  const receivers = [
    { key: 'celeste', body: 'samaan-house', service: 'safe-accommodation' },
    { key: 'jonah', body: 'claro-clinic', service: 'medical-care' },
  ] as const
  const marisol = personas.get('marisol')!
  const opens = ['ID', 'STA'] as const
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([...receivers], { minLength: 1 }),
      fc.subarray([...opens], { minLength: 1 }),
      fc.boolean(),
      async (to, share, accepted) => {
        const { id } = await keptCase(harness)
        const params = { case: id }
        const given = consentBody(to.map(one => organisationId(one.body)))
        await marisol.call(consent.give, { params, body: given })
        const sent: string[] = []
        for (const { body, service, key } of to) {
          const referral = uuidv7()
          sent.push(referral)
          const of = { id: referral, case: id, kind: 'service', service, urgency: 'urgent', consent: given.id } as const
          await marisol.call(referrals.send, { body: { ...of, to: organisationId(body), share: [...share] } })
          if (accepted) await personas.get(key)!.call(referrals.accept, { params: { referral }, version: 1, body: {} })
        }
        const seen = async (key: PersonKey, of: string) =>
          Promise.all(
            [`/api/cases/${of}/asked`, `/api/cases/${of}/file`].map(async path => {
              const response = await personas.get(key)!.fetch(path)
              const { request: _, ...body } = (await response.json()) as Record<string, unknown>
              return { status: response.status, body }
            }),
          )
        const referral = (key: PersonKey, at: number) =>
          personas.get(key)!.call(referrals.read, { params: { referral: sent[at]! } })
        for (const [at, { key }] of to.entries()) {
          assert.equal((await seen(key, id))[0]!.status, accepted ? 200 : 404)
          const { reference, identity: shown } = await referral(key, at)
          assert.notEqual(reference, '')
          assert.equal(shown !== undefined, share.includes('ID'))
        }
        await marisol.call(consent.withdraw, {
          params: { ...params, consent: given.id },
          body: { id: uuidv7(), ...explained('withdrawing-1') },
        })
        for (const [at, { key }] of to.entries()) {
          assert.deepEqual(await seen(key, id), await seen(key, uuidv7()))
          // That there was one stays in their own list, in codes, and leads nowhere.
          const { reference, status, identity: shown } = await referral(key, at)
          assert.deepEqual([reference, shown, status], ['', undefined, accepted ? 'accepted' : 'revoked'])
        }
      },
    ),
    { numRuns: 6 },
  )
})
