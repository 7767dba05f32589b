import { type Context, Hono } from 'hono'
import type { Config } from '#platform/config/config.ts'
import type { CountryPack } from '#platform/country/pack.ts'
import { headers, sitePolicy } from '#platform/http/security.ts'
import { serveSecurityText } from '#platform/http/security-text.ts'
import { type LanguageCode, languageOf, languages, pickLanguage, type Words } from '#platform/words/words.ts'
import { type Asset, icon, readStyles } from './assets.ts'
import { href, type Piece, type Route, routes, type SitePart, type SitePlace, type View } from './page.ts'
import { about } from './pages/about.ts'
import { broken, missing } from './pages/failure.ts'
import { help } from './pages/help.ts'
import { home } from './pages/home.ts'
import { leave } from './pages/leave.ts'
import { signs } from './pages/signs.ts'

export interface SiteOptions {
  readonly pack: CountryPack
  readonly words: Readonly<Record<LanguageCode, Words>>
  /** The site's own origin as browsers see it. */
  readonly siteOrigin: string
  /** Given: the foot of each page leads there. */
  readonly staffOrigin?: string | undefined
  /** The same site as an onion service, such as http://….onion */
  readonly onion?: string | undefined
  /** The neutral site that "Leave now" opens; http or https. */
  readonly exitUrl?: string | undefined
  readonly securityContact?: string | undefined
  readonly log?: Config['log'] | undefined
  /** Pages of capabilities, beside the site's own. */
  readonly parts?: readonly SitePart[]
  /** What programs read there; the same in every language. */
  readonly data?: readonly ((app: Hono) => void)[]
}

const draw: Record<Route, (view: View) => Piece> = {
  '/': home,
  '/help': help,
  '/signs': signs,
  '/about': about,
  '/leave': leave,
}

/** A page of weather says nothing about who opened it. */
export const defaultExit = 'https://www.weather.com/'

const year = 'public, max-age=31536000, immutable'

/**
 * The public site: plain HTML, no script, no cookie, nothing kept about its readers.
 * @throws TypeError where the exit is no web address
 */
export function siteApp(options: SiteOptions): Hono {
  const { pack, words } = options
  const styles = readStyles()
  const place: SitePlace = {
    siteOrigin: options.siteOrigin,
    staffOrigin: options.staffOrigin,
    onion: options.onion,
    exit: exitOf(options.exitUrl ?? defaultExit),
    styles: styles.path,
    icon: icon.path,
    parts: options.parts ?? [],
  }
  const robots = `User-agent: *\n${pack.demonstration ? 'Disallow: /' : 'Allow: /'}\n`

  const app = new Hono({ strict: false })
  app.use('*', headers(sitePolicy, !pack.demonstration))
  if (options.onion)
    app.use('*', async (c, next) => {
      await next()
      if (c.res.headers.get('content-type')?.startsWith('text/html'))
        c.res.headers.set('onion-location', `${options.onion}${c.req.path}`)
    })

  app.get('/healthz', c => c.text('ok'))
  app.get('/robots.txt', c => c.text(robots))
  serveSecurityText(app, options.securityContact)
  app.get(styles.path, c => serve(c, styles, year))
  app.get(icon.path, c => serve(c, icon, year))
  // Browsers ask for this one unbidden.
  app.get('/favicon.ico', c => serve(c, icon, 'public, max-age=86400'))

  for (const serveData of options.data ?? []) serveData(app)

  for (const route of routes) {
    app.get(route, c => {
      c.header('vary', 'accept-language')
      return c.redirect(href(pickLanguage(c.req.header('accept-language')), route), 302)
    })
    for (const { code } of languages)
      app.get(href(code, route), c => {
        c.header('content-language', code)
        return c.html(draw[route]({ words: words[code], pack, route, place }))
      })
  }

  for (const part of place.parts) {
    app.get(part.route, c => {
      c.header('vary', 'accept-language')
      return c.redirect(href(pickLanguage(c.req.header('accept-language')), part.route), 302)
    })
    for (const { code } of languages) {
      const view: View = { words: words[code], pack, route: part.route, place }
      const said = (c: Context) => c.header('content-language', code)
      app.get(href(code, part.route), async c => {
        said(c)
        return c.html(await part.show(view, c))
      })
      app.post(href(code, part.route), c => {
        said(c)
        return part.take(c, view)
      })
    }
  }

  const wordsFor = (c: Context): Words => {
    const named = languageOf(c.req.path.split('/')[1] ?? '')
    return words[named?.code ?? pickLanguage(c.req.header('accept-language'))]
  }
  app.notFound(c => c.html(missing({ words: wordsFor(c), pack, route: '', place }), 404))
  app.onError((error, c) => {
    options.log?.({ event: 'site.broken', error })
    return c.html(broken({ words: wordsFor(c), pack, route: '', place }), 500)
  })
  return app
}

const serve = (c: Context, { type, body }: Asset, cache: string): Response =>
  c.body(body, 200, { 'content-type': type, 'cache-control': cache })

function exitOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') throw new TypeError('the exit is not a web address')
  return url
}
