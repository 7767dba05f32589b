import { html } from 'hono/html'
import { href, type Piece, page, type View } from '../page.ts'

/** A page that is not there. */
export function missing(view: View): Piece {
  const { t } = view.words
  return failure(view, t('site.missing.title'), t('site.missing.heading'), t('site.missing.text'))
}

/** A page that could not be made. */
export function broken(view: View): Piece {
  const { t } = view.words
  return failure(view, t('site.broken.title'), t('site.broken.heading'), t('site.broken.text'))
}

function failure(view: View, title: string, heading: string, text: string): Piece {
  const { lang, t } = view.words
  return page(
    view,
    title,
    html`<div class="reading"><h1>${heading}</h1><p class="lead">${text}</p>
<p class="actions"><a class="button button-primary" href="${href(lang, '/help')}">${t('site.back.help')}</a><a class="button button-secondary" href="${href(lang, '/')}">${t('site.back.home')}</a></p></div>`,
  )
}
