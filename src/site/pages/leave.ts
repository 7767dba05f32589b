import { html } from 'hono/html'
import { type Piece, page, type View } from '../page.ts'

const stays = ['1', '2', '3'] as const
const clear = ['1', '2', '3', '4'] as const
const next = ['1', '2'] as const

/** What a page without script cannot undo, and how a person can. */
export function leave(view: View): Piece {
  const { words, place } = view
  const { t } = words
  const title = t('site.help.title')
  return page(
    view,
    t('site.leave.title'),
    html`<div class="reading"><h1>${t('site.leave.heading')}</h1>
<p class="lead">${t('site.leave.lead', { host: place.exit.hostname.replace(/^www\./, '') })}</p>
<section aria-labelledby="stays"><h2 id="stays">${t('site.leave.stays')}</h2><ul>${stays.map(one => html`<li>${t(`site.leave.stays.${one}`, { title })}</li>`)}</ul></section>
<section aria-labelledby="clear"><h2 id="clear">${t('site.leave.clear')}</h2><ol>${clear.map(one => html`<li>${t(`site.leave.clear.${one}`)}</li>`)}</ol></section>
<section aria-labelledby="next"><h2 id="next">${t('site.leave.next')}</h2><ul>${next.map(one => html`<li>${t(`site.leave.next.${one}`)}</li>`)}</ul></section>
<p class="notice">${t('site.leave.limits')}</p></div>`,
  )
}
