import { html } from 'hono/html'
import type { Piece, View } from '../../../site/page.ts'
import { visitRoute } from '../route.ts'

// What every page of a visit is made of.

export const actionOf = (view: View): string => `/${view.words.lang}${visitRoute}`
/** A form that takes one step of the visit. */
export const step = (view: View, field: string, body: Piece): Piece =>
  html`<form method="post" action="${actionOf(view)}" autocomplete="off"><input type="hidden" name="v" value="${field}">${body}</form>`
export const press = (what: string, label: string, kind: 'primary' | 'secondary' | 'quiet' = 'secondary'): Piece =>
  html`<button class="button button-${kind}" type="submit" name="do" value="${what}">${label}</button>`
export const close = ({ words: { t } }: View): Piece =>
  html`<p class="actions visit-end">${press('end', t('visit.end'), 'secondary')}</p>`
export const back = ({ words: { t } }: View): Piece => press('start', t('visit.back'), 'quiet')
