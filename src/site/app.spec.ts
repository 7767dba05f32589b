import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { loadPacks } from '#platform/country/load.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import { loadWords } from '#platform/words/load.ts'
import { languages } from '#platform/words/words.ts'
import { type SiteOptions, siteApp } from './app.ts'
import { href, routes } from './page.ts'

const words = loadWords()
let packs: ReadonlyMap<string, CountryPack>
before(async () => {
  packs = await loadPacks(join(import.meta.dirname, '../../countries'))
})

/** A copy of a country's pack, changed. */
function packOf(code: string, change: (pack: CountryPack) => void = () => undefined): CountryPack {
  const pack = structuredClone(packs.get(code))
  assert.ok(pack)
  change(pack)
  return pack
}

const siteOf = (pack: CountryPack, more: Partial<SiteOptions> = {}) =>
  siteApp({ pack, words, siteOrigin: 'http://localhost:4000', ...more })

async function get(app: ReturnType<typeof siteOf>, path: string, accept = 'en') {
  const answer = await app.request(path, { headers: { 'accept-language': accept } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const everyPage = routes.flatMap(route => languages.map(({ code }) => ({ route, lang: code, path: href(code, route) })))
const mainOf = (text: string) => /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''

describe('every page', () => {
  test('has no script, sets no cookie, is kept nowhere and comes with its headers', async () => {
    const app = siteOf(packOf('XSA'))
    for (const path of [...everyPage.map(each => each.path), '/en/nowhere', '/']) {
      const { headers, text } = await get(app, path)
      assert.doesNotMatch(text, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i, path)
      assert.equal(headers.get('set-cookie'), null, path)
      assert.equal(headers.get('cache-control'), 'no-store', path)
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/, path)
      assert.doesNotMatch(policy, /script-src|unsafe/, path)
    }
  })

  test('says its language and direction, and the switch keeps the page', async () => {
    const app = siteOf(packOf('XSA'))
    for (const { route, lang, path } of everyPage) {
      const { status, text } = await get(app, path)
      assert.equal(status, 200, path)
      assert.match(text, new RegExp(`<html lang="${lang}" dir="ltr">`))
      const other = lang === 'en' ? 'es' : 'en'
      assert.match(text, new RegExp(`<a class="language" href="${href(other, route)}" lang="${other}"`), path)
    }
  })

  test('leads only to what exists here, to the exit and to the staff', async () => {
    const app = siteOf(packOf('XSA'), { staffOrigin: 'http://localhost:4001' })
    const outside = new Set<string>()
    for (const { path } of everyPage) {
      const { text } = await get(app, path)
      const ids = new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]))
      for (const [, to = ''] of text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
        if (to.startsWith('#')) assert.ok(ids.has(to.slice(1)), `${path}: ${to}`)
        else if (to.startsWith('/') || to.startsWith('http://localhost:4000/'))
          assert.equal((await get(app, to.replace('http://localhost:4000', ''))).status, 200, `${path}: ${to}`)
        else if (to.startsWith('tel:')) assert.match(to, /^tel:\+?\d+$/)
        else outside.add(to)
      }
      for (const [, id = ''] of text.matchAll(/aria-labelledby="([^"]+)"/g)) assert.ok(ids.has(id), `${path}: ${id}`)
    }
    assert.deepEqual([...outside].sort(), ['http://localhost:4001', 'https://www.weather.com/'])
  })

  test('has a title that tells a stranger nothing', async () => {
    for (const code of ['XSA', 'TTO']) {
      const app = siteOf(packOf(code))
      const titles = new Set<string>()
      for (const path of [...everyPage.map(each => each.path), '/en/nowhere', '/es/nowhere']) {
        const title = /<title>([^<]*)<\/title>/.exec((await get(app, path)).text)?.[1] ?? ''
        assert.match(title, /\S/)
        assert.doesNotMatch(title, /help|ayuda|danger|peligro|traffick|trata|victim|abus|samaan|sign|señal/i)
        titles.add(title)
      }
      assert.ok(titles.size >= 10)
    }
  })

  test('offers to leave by a plain link that tells the next site nothing', async () => {
    const app = siteOf(packOf('XSA'), { exitUrl: 'https://weather.example.org/today' })
    for (const path of [...everyPage.map(each => each.path), '/en/nowhere']) {
      const { text } = await get(app, path)
      assert.match(
        text,
        /<a class="button exit-now" href="https:\/\/weather\.example\.org\/today" rel="noreferrer/,
        path,
      )
      assert.match(text, /<a class="exit-what" href="\/(en|es)\/leave">/, path)
    }
    assert.match((await get(app, '/en/leave')).text, /weather\.example\.org[\s\S]*Back button still shows/)
    assert.throws(() => siteOf(packOf('XSA'), { exitUrl: 'javascript:alert(1)' }), TypeError)
  })

  test('never says victim', async () => {
    const app = siteOf(packOf('XSA'))
    for (const { path } of everyPage) assert.doesNotMatch((await get(app, path)).text, /victim|víctima/i)
  })
})

describe('addresses', () => {
  test('one without a language leads to the reader’s', async () => {
    const app = siteOf(packOf('XSA'))
    for (const [path, accept, to] of [
      ['/', 'es-DO,en;q=0.5', '/es'],
      ['/', 'fr', '/en'],
      ['/help', 'es', '/es/help'],
      ['/leave', '', '/en/leave'],
    ] as const) {
      const { status, headers } = await get(app, path, accept)
      assert.equal(status, 302)
      assert.equal(headers.get('location'), to)
      assert.equal(headers.get('vary'), 'accept-language')
    }
  })

  test('styles and icon are kept for a year under an address made of their content', async () => {
    const app = siteOf(packOf('XSA'))
    const { text } = await get(app, '/en')
    for (const [found, type] of [
      [/<link rel="stylesheet" href="([^"]+)"/.exec(text), /^text\/css/],
      [/<link rel="icon" href="([^"]+)"/.exec(text), /^image\/svg/],
    ] as const) {
      assert.match(found?.[1] ?? '', /-[0-9a-f]{16}\./)
      const { headers, text: body } = await get(app, found?.[1] ?? '')
      assert.match(headers.get('content-type') ?? '', type)
      assert.match(headers.get('cache-control') ?? '', /max-age=31536000, immutable/)
      assert.doesNotMatch(body, /@import|url\(/)
    }
  })

  test('a demonstration asks search engines to stay away', async () => {
    assert.match((await get(siteOf(packOf('XSA')), '/robots.txt')).text, /Disallow: \//)
    assert.match((await get(siteOf(packOf('TTO')), '/robots.txt')).text, /Allow: \//)
    assert.equal((await get(siteOf(packOf('TTO')), '/healthz')).status, 200)
  })

  test('a page that is missing or fails is kind, in the reader’s language, and shows nothing of the fault', async () => {
    const lost = await get(siteOf(packOf('XSA')), '/es/%3Cb%3E')
    assert.equal(lost.status, 404)
    assert.match(lost.text, /Esta página no está aquí/)
    const seen: unknown[] = []
    const pack = packOf('XSA')
    Object.defineProperty(pack, 'bodies', {
      get: () => {
        throw new Error('kept to ourselves')
      },
    })
    const app = siteOf(pack, { log: line => seen.push(line.event) })
    const broken = await get(app, '/en/help')
    assert.equal(broken.status, 500)
    assert.match(broken.text, /The fault is ours/)
    assert.doesNotMatch(broken.text, /kept to ourselves/)
    assert.match(broken.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.deepEqual(seen, ['site.broken'])
  })

  test('an onion address is offered where there is one', async () => {
    const plain = await get(siteOf(packOf('XSA')), '/en/about')
    assert.equal(plain.headers.get('onion-location'), null)
    assert.doesNotMatch(plain.text, /Tor Browser/)
    const { headers, text } = await get(siteOf(packOf('XSA'), { onion: 'http://abc.onion' }), '/en/about')
    assert.equal(headers.get('onion-location'), 'http://abc.onion/en/about')
    assert.match(text, /Tor Browser/)
  })
})

describe('phone numbers', () => {
  test('those of the country are links to call, the most urgent first, with hours, languages and cost', async () => {
    const { text } = await get(siteOf(packOf('XSA')), '/en/help')
    const called = [...mainOf(text).matchAll(/href="tel:([^"]+)"/g)].map(match => match[1])
    assert.deepEqual(called.slice(0, 4), ['+9990000001', '+9990000100', '+9990000110', '+9990000120'])
    for (const fact of ['Day and night', 'Monday to Friday, 8:00 am to 4:00 pm', 'English and Spanish', 'Free call'])
      assert.ok(text.includes(fact), fact)
    const spanish = await get(siteOf(packOf('XSA')), '/es/help')
    for (const fact of ['Día y noche', 'De lunes a viernes, de ', 'Inglés y español', 'Llamada gratis'])
      assert.ok(spanish.text.includes(fact), fact)
  })

  test('the first page has the main one and the one for danger', async () => {
    const { text } = await get(siteOf(packOf('XSA')), '/en')
    assert.deepEqual(
      [...mainOf(text).matchAll(/href="tel:([^"]+)"/g)].map(match => match[1]),
      ['+9990000100', '+9990000001'],
    )
  })

  test('a country without one says so plainly and names the offices', async () => {
    const app = siteOf(packOf('TTO'))
    for (const { path } of everyPage) assert.doesNotMatch((await get(app, path)).text, /tel:/, path)
    assert.match((await get(app, '/en')).text, /no checked number for Trinidad and Tobago yet/)
    assert.doesNotMatch((await get(app, '/en/signs')).text, /one of the numbers/)
    const help = await get(app, '/en/help')
    assert.match(help.text, /We have no checked phone number for Trinidad and Tobago yet/)
    assert.match(help.text, /Counter-Trafficking Unit/)
    assert.match(help.text, /We do not have its number yet/)
    assert.match((await get(app, '/es/help')).text, /Todavía no tenemos un número comprobado para Trinidad y Tobago/)
  })

  test('one that is not verified bears a mark, one that is does not', async () => {
    const marked = packOf('TTO', pack => {
      const line = packs.get('XSA')?.hotlines.items[1]
      assert.ok(line)
      for (const [at, verified] of (['V2', 'G', 'P'] as const).entries())
        pack.hotlines.items.push({
          ...line,
          code: `n-${at}`,
          number: `+1 800 000 000${at}`,
          verified,
          source: 'a source',
        })
    })
    const { text } = await get(siteOf(marked), '/en/help')
    assert.match(text, /Not checked at the source/)
    assert.match(text, />Not checked</)
    assert.match(text, /No number here has been checked yet/)
    assert.doesNotMatch(text, /0000002/, 'a proposed number is never shown in a real country')
    for (const line of marked.hotlines.items) line.verified = 'V'
    assert.doesNotMatch((await get(siteOf(marked), '/en/help')).text, /[Nn]ot checked|been checked/)
  })

  test('every number of a demonstration is marked as not real, under a banner', async () => {
    const { text } = await get(siteOf(packOf('XSA')), '/en/help')
    assert.equal(text.match(/class="tag tag-warning">Not a real number/g)?.length, text.match(/href="tel:/g)?.length)
    for (const { path } of everyPage)
      assert.match((await get(siteOf(packOf('XSA')), path)).text, /class="banner banner-demonstration"/, path)
    assert.doesNotMatch((await get(siteOf(packOf('TTO')), '/en')).text, /banner-demonstration/)
  })

  test('no shelter is ever shown, whatever the pack says of it', async () => {
    const pack = packOf('XSA', ({ bodies }) => {
      for (const body of bodies)
        if (body.kind === 'shelter') {
          body.public = true
          body.competentFor = ['adults']
        }
    })
    for (const { path } of everyPage) assert.doesNotMatch((await get(siteOf(pack), path)).text, /Samaan House|0270/)
  })

  test('the card on paper has plain labels only', async () => {
    const { text } = await get(siteOf(packOf('XSA')), '/en/help')
    const paper = /<div class="paper">[\s\S]*?<\/div>/.exec(text)?.[0] ?? ''
    assert.match(paper, /Advice[\s\S]*\+999 000 0100/)
    assert.doesNotMatch(paper, /Help Line|Child Line|traffick/i)
  })
})

describe('danger texts', () => {
  const step = 'go together to a place where nobody can watch'

  test('in a demonstration they bear its mark', async () => {
    const { text } = await get(siteOf(packOf('XSA')), '/en/help')
    assert.ok(text.includes(step))
    assert.match(text, /Demonstration text, not checked by a native speaker/)
  })

  test('elsewhere they stay unpublished in each language until its reviewer has signed', async () => {
    const signed = packOf('XSA', pack => {
      pack.demonstration = false
      pack.reviewers = [{ language: 'en', texts: ['danger'], name: 'Ana <Reyes>', role: 'teacher', on: '2026-02-03' }]
    })
    const english = await get(siteOf(signed), '/en/help')
    assert.ok(english.text.includes(step))
    assert.match(english.text, /Text checked by Ana &lt;Reyes&gt;, teacher, 3 February 2026/)
    const spanish = await get(siteOf(signed), '/es/help')
    assert.doesNotMatch(spanish.text, /acompáñela a un lugar/)
    assert.match(spanish.text, /Aquí todavía no se muestran los pasos/)
  })
})

describe('what a pack holds', () => {
  test('is text, never markup', async () => {
    const evil = '"><script>alert(1)</script>'
    const pack = packOf('XSA', each => {
      each.names = { en: evil, es: evil }
      for (const item of [...each.hotlines.items, ...each.bodies]) item.names = { en: evil, es: evil }
      for (const item of each.dangerSteps) item.texts = { en: evil, es: evil }
    })
    for (const { path } of everyPage) {
      const { status, text } = await get(siteOf(pack), path)
      assert.equal(status, 200)
      assert.doesNotMatch(text, /<script/, path)
      assert.match(text, /&lt;script&gt;/, path)
    }
  })

  test('in another language than the page is announced in its own', async () => {
    const pack = packOf('XSA', each => {
      for (const line of each.hotlines.items) line.names = { en: 'Harbour Line' }
    })
    assert.match((await get(siteOf(pack), '/es/help')).text, /<span lang="en">Harbour Line<\/span>/)
  })
})

test('who to write to about a weakness is served where somebody is named, and nowhere else', async () => {
  const named = siteOf(packOf('XSA'), { securityContact: 'mailto:security@example.org' })
  const text = await (await named.request('/.well-known/security.txt')).text()
  assert.match(text, /^Contact: mailto:security@example\.org\nExpires: \d{4}-/)
  assert.equal((await siteOf(packOf('XSA')).request('/.well-known/security.txt')).status, 404)
})
