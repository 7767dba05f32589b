import { html } from 'hono/html'
import { linesOf } from '../lines.ts'
import { href, type Piece, page, type View } from '../page.ts'

const you = ['1', '2', '3', '4', '5', '6', '7'] as const
const other = ['1', '2', '3', '4', '5', '6'] as const
const todo = ['1', '2', '3'] as const
const todoWithoutLine = ['2', '3'] as const

/** What can be noticed without asking anybody. It counts nothing and judges nobody. */
export function signs(view: View): Piece {
  const { words, pack } = view
  const { t } = words
  return page(
    view,
    t('site.signs.title'),
    html`<div class="reading"><h1>${t('site.signs.heading')}</h1>
<p class="lead">${t('site.signs.lead')}</p>
<div class="pair"><section aria-labelledby="you"><h2 id="you">${t('site.signs.you')}</h2><ul class="signs">${you.map(one => html`<li>${t(`site.signs.you.${one}`)}</li>`)}</ul></section>
<section aria-labelledby="other"><h2 id="other">${t('site.signs.other')}</h2><ul class="signs">${other.map(one => html`<li>${t(`site.signs.other.${one}`)}</li>`)}</ul></section></div>
<section class="notice" aria-labelledby="child"><h2 id="child">${t('site.signs.child.title', { age: pack.childUnder.value ?? 18 })}</h2><p>${t('site.signs.child.text')}</p></section>
<section aria-labelledby="do"><h2 id="do">${t('site.signs.do.title')}</h2><ul>${(linesOf(pack).length > 0 ? todo : todoWithoutLine).map(one => html`<li>${t(`site.signs.do.${one}`)}</li>`)}</ul></section>
<p><a class="button button-primary button-help" href="${href(words.lang, '/help')}">${t('site.home.help')}</a></p></div>`,
  )
}
