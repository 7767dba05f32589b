import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { OrganisationRow } from '#capabilities/directory/contract.ts'
import { organisationKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { loadPacks } from '#platform/country/load.ts'
import { loadWords } from '#platform/words/load.ts'
import { lineName, offeredBy } from './card.ts'

const countries = fileURLToPath(new URL('../../../countries', import.meta.url))
const clinic: OrganisationRow = {
  id: '00000000-0000-7000-8000-000000000001',
  kind: 'health',
  name: 'Claro Clinic',
  competent: false,
  active: true,
  phone: null,
  services: ['medical-care', 'safe-accommodation'],
}

test('no shelter, no police, no coast guard, no immigration office, no competent body and no court is on the card', () => {
  const shown = organisationKinds.filter(kind => offeredBy({ ...clinic, kind }).length > 0)
  for (const kind of [
    'shelter',
    'police',
    'coast-guard',
    'immigration',
    'competent-authority',
    'task-force',
    'court',
  ] as const)
    assert.ok(!shown.includes(kind), kind)
  assert.ok(shown.includes('health') && shown.includes('ngo'))
})

test('an organisation is on it with help that anybody might look for, and without it not at all', () => {
  assert.deepEqual(offeredBy(clinic), ['medical-care'])
  assert.deepEqual(offeredBy({ ...clinic, services: ['safe-accommodation', 'voluntary-return'] }), [])
  assert.deepEqual(offeredBy({ ...clinic, active: false }), [])
})

test('a name that says what it is about keeps an organisation off, and a line gets a plain one', () => {
  for (const name of ['Stop Trafficking Now', 'Red contra la Trata', 'Casa Refugio', 'Victims’ Voice'])
    assert.deepEqual(offeredBy({ ...clinic, name }), [], name)
  assert.deepEqual(lineName({ kind: 'trafficking', names: { en: 'Human Trafficking Hotline' } }, 'en'), {
    kind: 'trafficking',
  })
  assert.deepEqual(lineName({ kind: 'trafficking', names: { en: 'Help Line', es: 'Línea contra la Trata' } }, 'en'), {
    kind: 'trafficking',
  })
  assert.deepEqual(lineName({ kind: 'labour', names: { en: 'Work Line', es: 'Línea Laboral' } }, 'es'), {
    name: 'Línea Laboral',
    kind: 'labour',
  })
})

test('nothing that is printed on a card says trafficking, in any language, for any country that ships', async () => {
  const packs = await loadPacks(countries)
  for (const [lang, words] of Object.entries(loadWords())) {
    const texts = [
      'consent.card.title',
      'consent.card.lead',
      'consent.card.offers',
      ...['emergency', 'trafficking', 'children', 'labour'].map(kind => `consent.card.line.${kind}`),
      ...serviceKinds
        .filter(one => offeredBy({ ...clinic, services: [one] }).length > 0)
        .map(one => `service.kind.${one}`),
    ].map(key => words.t(key))
    const lines = [...packs.values()].flatMap(pack => pack.hotlines.items)
    const names = lines.map(one => lineName(one, lang).name ?? words.t(`consent.card.line.${one.kind}`))
    assert.doesNotMatch(
      [...texts, ...names].join('\n'),
      /traffick|trata\b|victim|víctim|polic|exploit|explotaci/i,
      lang,
    )
  }
})
