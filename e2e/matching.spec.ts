import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from '#capabilities/cases/contract.ts'
import { matching } from '#capabilities/matching/contract.ts'
import { heard, inChargeOf, taken } from '#capabilities/matching/make.ts'
import { loadCatalogues } from '#platform/words/load.ts'
import { createWords, type LanguageCode } from '#platform/words/words.ts'
import { type PersonKey, people } from '../tools/demonstration/people.ts'
import { type App, axe, desk, fits, openPage, phone, shot, signInAs, startApp } from './harness.ts'

// Two agencies record one person. Somebody neutral of the unit says that it is one; two people bring the cases together, and
// one takes them apart again. What the police see is the same bytes from the first to the last moment.

let app: App
before(async () => {
  app = await startApp()
})
after(() => app?.stop())

const catalogues = loadCatalogues(['base', 'desk'])
/** Somebody at a page, who holds everything they come to against the checker. */
async function at(key: PersonKey, lang: LanguageCode, size: 'phone' | 'desk', dark = false) {
  const { page, context, problems } = await openPage(app, {
    locale: lang,
    viewport: size === 'phone' ? phone : desk,
    colorScheme: dark ? 'dark' : 'light',
  })
  const { t } = createWords(lang, catalogues[lang])
  await signInAs(app, page, people.find(one => one.key === key)!.name)
  return {
    page,
    t,
    go: (path: string) => page.goto(`${app.staff}${path}`),
    press: (label: string) => page.getByRole('button', { name: label, exact: true }).first().click(),
    type: (label: string, words: string) => page.getByLabel(label, { exact: true }).first().fill(words),
    radio: (label: string) => page.getByRole('radio', { name: label }).first().check({ force: true }),
    sees: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    shows: async (text: string) => (await page.locator('body').innerText()).includes(text),
    look: async (what: string) => {
      const label = `matching-${key}-${lang}-${size}-${dark ? 'dark' : 'light'}-${what}`
      await shot(page, label)
      await axe(page, label)
      await fits(page, label)
    },
    leave: async () => {
      assert.deepEqual(problems(), [])
      await context.close()
    },
  }
}
/** Asks until it is so: the comparing is done by a job, within seconds. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await ask()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('it never was')
}
/** Everything that somebody's pages say and hold, and what the server answers them, as bytes. */
async function everythingOf(
  person: Awaited<ReturnType<typeof at>>,
  paths: readonly string[],
  asked: readonly string[],
) {
  const seen: string[] = []
  for (const path of paths) {
    await person.go(path)
    await person.page.locator('main h1').first().waitFor()
    await person.page.waitForLoadState('networkidle')
    seen.push(await person.page.locator('main').innerHTML())
  }
  for (const path of asked)
    seen.push(
      await person.page.evaluate(async from => {
        const answer = await fetch(from)
        return `${from} ${answer.status} ${(await answer.text()).replace(/"request":"[^"]+"/, '')}`
      }, path),
    )
  return seen
}

test('two agencies, one person: judged by somebody neutral, brought together by two, taken apart; the police see nothing of it', async () => {
  const dalia = await at('dalia', 'es', 'phone')
  const a = await taken(app, 'marisol', heard.here)
  const b = await taken(app, 'kofi', heard.there)
  const first = await inChargeOf(app, a, 'dalia')
  const second = await inChargeOf(app, b, 'dalia')
  assert.notEqual(first, second)
  const bastien = await app.as('bastien')

  const kofi = await at('kofi', 'en', 'desk')
  const petra = await at('petra', 'en', 'desk')
  const ofCases = [a, b].flatMap(id => ['', '/identity', '/matching', '/consents'].map(end => `/api/cases/${id}${end}`))
  const police = async () => [
    ...(await everythingOf(kofi, ['/', `/cases/${b}/identity`], [...ofCases, '/api/matching/matches'])),
    ...(await everythingOf(petra, ['/leads', '/handed'], [...ofCases, '/api/matching/matches', '/api/leads'])),
  ]
  const before = await police()

  // Bastien had no part in either.
  await until(async () => ((await bastien.call(matching.list, {})).items.length > 0 ? true : undefined))
  const judge = await at('bastien', 'en', 'desk')
  await judge.go('/matches')
  await judge.sees(judge.t('matching.strength.strong'))
  await judge.look('queue')
  await judge.page.getByRole('link', { name: /phone/ }).first().click()
  await judge.sees('Yeferson Quintanilla Mora')
  for (const word of ['Dalia', 'Marisol', 'Kofi', first, second]) assert.equal(await judge.shows(word), false, word)
  await judge.look('compare')
  const narrow = await at('bastien', 'es', 'phone', true)
  await narrow.go(new URL(judge.page.url()).pathname)
  await narrow.sees('Yeferson Quintanilla Mora')
  await narrow.look('compare')
  await narrow.leave()
  await judge.radio(judge.t('matching.judge.same'))
  await judge.press(judge.t('matching.judge.save'))
  await judge.sees('This is needed.')
  await judge.look('why-is-asked')
  await judge.type(judge.t('matching.judge.reason'), 'One phone, one name by ear, the same year.')
  await judge.press(judge.t('matching.judge.save'))
  await judge.sees(judge.t('matching.list.empty'))
  await judge.look('queue-empty')
  await judge.leave()

  const tobias = await at('tobias', 'en', 'desk')
  await tobias.go(`/cases/${a}?tab=matching`)
  await tobias.sees(tobias.t('matching.same.title'))
  await tobias.press(tobias.t('matching.merge.new'))
  assert.equal(await tobias.page.getByLabel(tobias.t('matching.merge.other'), { exact: true }).inputValue(), second)
  await tobias.type(tobias.t('matching.merge.reason'), 'A neutral colleague judged it, and the sister confirmed it.')
  await tobias.look('propose')
  await tobias.press(tobias.t('matching.merge.save'))
  await tobias.sees(tobias.t('matching.merge.state.proposed'))
  assert.equal(await tobias.page.getByRole('button', { name: tobias.t('matching.merge.confirm') }).count(), 0)

  const ines = await at('ines', 'es', 'desk', true)
  await ines.go(`/cases/${b}?tab=matching`)
  await ines.press(ines.t('matching.merge.confirm'))
  await ines.look('confirm')
  await ines.page
    .getByRole('dialog')
    .getByRole('button', { name: ines.t('matching.merge.confirm') })
    .click()
  await ines.sees(ines.t('matching.led.title', { reference: first }))
  await ines.look('led')
  await ines.leave()

  // What Dalia begins in the one that leads elsewhere is refused, with where to go on.
  await dalia.go(`/cases/${b}?tab=matching`)
  await dalia.sees(dalia.t('matching.led.title', { reference: first }))
  await dalia.look('led')
  const refused = await (await app.as('dalia'))
    .call(cases.changeLocation, { params: { case: b }, version: 0, body: { text: 'There' } })
    .catch(error => error)
  assert.ok(refused.body.detail.includes(first), refused.body.detail)
  await dalia.go(`/cases/${a}?tab=matching`)
  await dalia.sees(dalia.t('matching.joint.title'))
  assert.ok(await dalia.shows(second))
  await dalia.look('joint')

  await tobias.page.reload()
  await tobias.sees(tobias.t('matching.joint.title'))
  await tobias.look('joint')
  await tobias.press(tobias.t('matching.merge.undo'))
  await tobias.type(tobias.t('matching.merge.undo-reason'), 'They are cousins after all.')
  await tobias.press(tobias.t('matching.merge.undo'))
  await tobias.sees(tobias.t('matching.merge.state.undone'))
  await tobias.press(tobias.t('matching.link.new'))
  await tobias.type(tobias.t('matching.merge.other'), second)
  await tobias.page.getByLabel(tobias.t('matching.link.kind'), { exact: true }).selectOption('family')
  await tobias.page.getByRole('button', { name: tobias.t('matching.link.save'), exact: true }).click()
  await tobias.sees(tobias.t('matching.kind.family'))
  await tobias.look('linked')
  await tobias.leave()

  await dalia.page.reload()
  await dalia.sees(dalia.t('matching.kind.family'))
  await dalia.look('linked')
  await dalia.leave()

  assert.deepEqual(await police(), before)
  await kofi.leave()
  await petra.leave()
})
