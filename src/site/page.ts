import type { Context } from 'hono'
import { html } from 'hono/html'
import { type CountryPack, textIn } from '#platform/country/pack.ts'
import { type LanguageCode, languages, type Words } from '#platform/words/words.ts'

/** A piece of a page, made with `html` so that every value in it is escaped. */
export type Piece = ReturnType<typeof html>

/** What a page is drawn from. `route` is its path without the language: `/`, `/help`. */
export interface View {
  readonly words: Words
  readonly pack: CountryPack
  readonly route: string
  readonly place: SitePlace
  /** What a page that was posted for carries on: another language takes a step with it instead of beginning anew. */
  readonly carried?: string
  /** What is carried is only what was looked for: links away lose nothing that matters, and are shown. */
  readonly roams?: boolean
  /** What the address goes on with after `?`: the same page in another language has it too. */
  readonly query?: string
}

/** Where the site stands and where it leads. */
export interface SitePlace {
  readonly siteOrigin: string
  readonly staffOrigin: string | undefined
  readonly onion: string | undefined
  /** The neutral site that "Leave now" opens. */
  readonly exit: URL
  readonly styles: string
  readonly icon: string
  /** Pages that a capability adds. */
  readonly parts: readonly SitePart[]
}

/** Pages of a capability under one address: the site frames them and gives them a door on its first page, where they want one. */
export interface SitePart {
  readonly route: `/${string}`
  readonly door?: { readonly title: string; readonly text: string }
  readonly show: (view: View, c: Context) => Piece | Promise<Piece>
  /** What is posted there. */
  readonly take: (c: Context, view: View) => Promise<Response>
}

export const routes = ['/', '/help', '/signs', '/about', '/leave'] as const
export type Route = (typeof routes)[number]

/** The address of a page in a language: the language is in the path because the site sets no cookie. */
export const href = (lang: LanguageCode, route: string): string => `/${lang}${route === '/' ? '' : route}`

/** A text of the country pack; when it exists only in another language, screen readers are told which. */
export function packText(texts: Record<string, string>, lang: string): Piece | string {
  const text = textIn(texts, lang)
  const own = Object.keys(texts).find(each => texts[each] === text)
  return texts[lang] !== undefined || own === undefined ? text : html`<span lang="${own}">${text}</span>`
}

/** The crown of a samaan over its shade; decoration only. */
export const tree = html`<svg class="mark" viewBox="0 0 48 48" aria-hidden="true"><path class="mark-tree" d="M24 5c6.600 0 11.400 2.800 12.900 6.900C41.600 12.400 45 15.600 45 19.700c0 2.200-1.700 3.500-4 3.500-2.900 0-4.800-1-7-1-2.200 0-3.600 1.600-5.500 3.500-1.800 2-2.700 4.200-2.700 7.700V40h-3.600v-6.600c0-3.500-.9-5.700-2.700-7.700-1.900-1.900-3.300-3.500-5.500-3.500s-4.100 1-7 1c-2.300 0-4-1.300-4-3.500 0-4.100 3.400-7.300 8.100-7.800C12.600 7.800 17.400 5 24 5z"/><path class="mark-ground" d="M11 40h26v3H11z"/></svg>`

/**
 * A whole page.
 * @param title what the tab, the history and a print header show; must tell a stranger nothing
 */
export function page(view: View, title: string, body: Piece): Piece {
  const { words, pack, route, place } = view
  const { t } = words
  const known = (routes as readonly string[]).includes(route) || place.parts.some(part => part.route === route)
  const navigation = [
    ['/help', t('site.nav.help')],
    ['/signs', t('site.nav.signs')],
    ['/about', t('site.nav.about')],
  ] as const
  return html`<!doctype html>
<html lang="${words.lang}" dir="${words.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="stylesheet" href="${place.styles}">
<link rel="icon" href="${place.icon}" type="image/svg+xml">
${known ? languages.map(each => html`<link rel="alternate" hreflang="${each.code}" href="${place.siteOrigin}${href(each.code, route)}">`) : ''}
</head>
<body>
<a class="skip-link" href="#main">${t('site.skip')}</a>
${exitBar(view)}
<header class="top">
${pack.demonstration ? html`<div class="banner banner-demonstration" role="note"><p class="banner-text">${t('site.demonstration', { country: textIn(pack.names, words.lang) })}</p></div>` : ''}
<div class="top-row">
<a class="brand" href="${href(words.lang, '/')}">${tree}<span><span class="brand-name">${t('site.name')}</span> <span class="brand-place">${packText(pack.names, words.lang)}</span></span></a>
<nav class="languages" aria-label="${t('site.language')}">${languages.map(each => language(view, each, known ? route : '/'))}</nav>
</div>
${
  // A link away from a page that was posted for would lose it.
  view.carried && !view.roams
    ? ''
    : html`<nav class="pages" aria-label="${t('site.nav')}">${navigation.map(([to, name]) =>
        to === route
          ? html`<a href="${href(words.lang, to)}" aria-current="page">${name}</a>`
          : html`<a href="${href(words.lang, to)}">${name}</a>`,
      )}</nav>`
}
</header>
<main id="main" tabindex="-1">
${body}
</main>
${
  place.staffOrigin && (!view.carried || view.roams)
    ? html`<footer class="foot"><a href="${place.staffOrigin}" rel="noreferrer">${t('site.staff')}</a></footer>`
    : ''
}
</body>
</html>
`
}

function language({ words, carried, query }: View, each: (typeof languages)[number], route: string): Piece {
  if (each.code === words.lang)
    return html`<span class="language" aria-current="true" lang="${each.code}">${each.name}</span>`
  return carried
    ? html`<form method="post" action="${href(each.code, route)}"><input type="hidden" name="v" value="${carried}"><button class="language" type="submit" name="do" value="start" lang="${each.code}">${each.name}</button></form>`
    : html`<a class="language" href="${href(each.code, route)}${query ? `?${query}` : ''}" lang="${each.code}" hreflang="${each.code}">${each.name}</a>`
}

/** Early in the page for the keyboard, at the thumb on a phone. A plain link: it works before anything has loaded. */
function exitBar({ words, place }: View): Piece {
  const { t } = words
  return html`<aside class="exit" aria-label="${t('site.exit.region')}"><a class="exit-what" href="${href(words.lang, '/leave')}">${t('site.exit.what')}</a><a class="button exit-now" href="${place.exit.href}" rel="noreferrer noopener nofollow">${t('site.exit')}</a></aside>`
}
