import { html } from 'hono/html'
import { textIn } from '#platform/country/pack.ts'
import { findMainLine, linesOf } from '../lines.ts'
import { href, type Piece, page, type View } from '../page.ts'
import { callLink, factsOf, headOf } from './call.ts'

/** First what helps at once, in reach of a thumb; then what can be read in peace. */
export function home(view: View): Piece {
  const { words, pack } = view
  const { t } = words
  const main = findMainLine(pack)
  const emergency = linesOf(pack).find(each => each.kind === 'emergency' && each !== main)
  const more = [
    ['/signs', t('site.home.signs.title'), t('site.home.signs.text')],
    ['/leave', t('site.home.leave.title'), t('site.home.leave.text')],
    ['/about', t('site.home.about.title'), t('site.home.about.text')],
    ...view.place.parts.flatMap(({ route, door }) => (door ? [[route, t(door.title), t(door.text)] as const] : [])),
  ] as const
  const numbers = main
    ? html`<div class="numbers">
<section class="call">${headOf(words, 2, t('site.home.main'), main.verified)}${callLink(words, main)}${factsOf(words, main)}</section>
${emergency ? html`<section class="call call-danger">${headOf(words, 2, t('site.home.emergency'), emergency.verified)}${callLink(words, emergency)}</section>` : ''}
</div>`
    : html`<p class="notice">${t('site.home.none', { country: textIn(pack.names, words.lang) })}</p>`
  return page(
    view,
    t('site.home.title'),
    html`<div class="hero">
<div class="hero-words"><h1>${t('site.home.heading')}</h1>
<p class="lead">${t('site.home.lead')}</p>
<a class="button button-primary button-help" href="${href(words.lang, '/help')}">${t('site.home.help')}</a></div>
${numbers}
</div>
<section class="more" aria-labelledby="more"><h2 id="more">${t('site.home.more')}</h2>
<ul class="doors">${more.map(([to, title, text]) => html`<li class="card"><h3 class="card-title"><a href="${href(words.lang, to)}">${title}</a></h3><p class="quiet">${text}</p></li>`)}</ul></section>`,
  )
}
