import { html } from 'hono/html'
import { type Piece, page, type View } from '../page.ts'

const kept = ['1', '2', '3', '4'] as const

/** What the site does with its readers (nothing), said so that it can be held to it. */
export function about(view: View): Piece {
  const { t } = view.words
  const { onion } = view.place
  return page(
    view,
    t('site.about.title'),
    html`<div class="reading"><h1>${t('site.about.heading')}</h1>
<section aria-labelledby="readers"><h2 id="readers">${t('site.about.readers.title')}</h2><p>${t('site.about.readers.text')}</p></section>
<section aria-labelledby="keep"><h2 id="keep">${t('site.about.keep.title')}</h2><ul>${kept.map(one => html`<li>${t(`site.about.keep.${one}`)}</li>`)}</ul></section>
<section aria-labelledby="others"><h2 id="others">${t('site.about.others.title')}</h2><p>${t('site.about.others.text')}</p>
${onion ? html`<p>${t('site.about.onion')} <a href="${onion}" rel="noreferrer">${onion}</a></p>` : ''}</section>
<section aria-labelledby="access"><h2 id="access">${t('site.about.access.title')}</h2><p>${t('site.about.access.text')}</p><p>${t('site.about.access.languages')}</p></section></div>`,
  )
}
