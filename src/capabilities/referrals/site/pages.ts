import { html } from 'hono/html'
import { type Piece, page, type View } from '../../../site/page.ts'
import { declineReasons } from '../contract.ts'
import { waitsForAnswer } from '../flow.ts'
import { endReasons, outcomes } from '../outcomes.ts'
import { personRows } from '../person-rows.ts'
import { linkRoute } from '../route.ts'
import type { Asked, Asking, Over, Page } from '../server/link/standing.ts'

/** Every page has the same title: what a history or a tab shows must say nothing. */
const whole = (view: View, body: Piece): Piece =>
  page(view, view.words.t('box.title'), html`<div class="reading">${body}</div>`)
const action = (view: View): string => `/${view.words.lang}${linkRoute}`

/**
 * Where the code is typed; without a link, that as well. `wrong` says the same of everything that opens nothing.
 * @param key what stands in the link; it is not asked of anybody whether it is one
 */
export function entrance(view: View, key: string, wrong = false): Piece {
  const { t } = view.words
  const described = wrong ? 'n-hint why' : 'n-hint'
  return whole(
    key ? { ...view, query: `k=${key}` } : view,
    html`<h1>${t('box.enter.heading')}</h1>
${wrong ? html`<p class="notice" id="why" role="alert">${t('box.enter.wrong')}</p>` : ''}
<p class="lead">${t('box.enter.lead')}</p>
<form method="post" action="${action(view)}" autocomplete="off">
${
  key
    ? html`<input type="hidden" name="k" value="${key}">`
    : html`<div class="field"><label class="field-label" for="k">${t('box.enter.key')}</label><p class="field-hint" id="k-hint">${t('box.enter.key-hint')}</p>
<input class="input" id="k" name="k" type="text" maxlength="80" required autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" aria-describedby="k-hint"></div>`
}
<div class="field"><label class="field-label" for="n">${t('box.enter.label')}</label><p class="field-hint" id="n-hint">${t('box.enter.hint')}</p>
<input class="input input-digits" id="n" name="n" type="text" inputmode="numeric" maxlength="40" required autocomplete="off" spellcheck="false" dir="ltr" aria-describedby="${described}"></div>
<p class="actions"><button class="button button-primary" type="submit">${t('box.enter.go')}</button></p></form>
<p class="quiet">${t('box.enter.why')}</p>`,
  )
}

/** What is shown of a page that is over, of one that never was, and of a step that was called back. */
export function ended(view: View): Piece {
  const { t } = view.words
  return whole(
    view,
    html`<h1>${t('box.ended.heading')}</h1><p class="lead">${t('box.ended.text')}</p><p>${t('box.ended.again')}</p>`,
  )
}

export function linkPage(view: View, shown: Page, field: string): Piece {
  if (shown.page === 'over') return over(view, shown)
  return whole(
    { ...view, carried: field },
    shown.page === 'asked' ? asked(view, shown, field) : asking(view, shown, field),
  )
}

/** A form that takes one step. */
const step = (view: View, field: string, body: Piece): Piece =>
  html`<form method="post" action="${action(view)}" autocomplete="off"><input type="hidden" name="v" value="${field}">${body}</form>`
const press = (what: string, label: string, kind: 'primary' | 'secondary' | 'quiet' = 'secondary'): Piece =>
  html`<button class="button button-${kind}" type="submit" name="do" value="${what}">${label}</button>`
const leave = ({ words: { t } }: View): Piece =>
  html`<p class="actions visit-end">${press('end', t('box.end'), 'quiet')}</p>`
const facts = (rows: readonly (readonly [string, string])[]): Piece =>
  html`<dl class="visit-facts">${rows.map(([term, value]) => html`<dt>${term}</dt><dd class="visit-text" dir="auto">${value}</dd>`)}</dl>`
const told = (id: string, title: string, text: string | undefined): Piece | string =>
  text === undefined
    ? ''
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="visit-text" dir="auto">${text}</p></section>`

/** At once, without a page that asks for more. */
const plain: readonly string[] = ['acknowledged', 'begun']
const first: readonly string[] = ['accepted', 'begun', 'done']

function asked(view: View, shown: Asked, field: string): Piece {
  const { words } = view
  const { t } = words
  const waits = waitsForAnswer(shown.status)
  const rows: (readonly [string, string])[] = [
    [t('referral.field.kind'), t(`service.kind.${shown.service}`)],
    [t('referral.field.urgency'), t(`urgency.${shown.urgency}`)],
    ...(shown.place ? [[t('referral.field.place'), t(`place.kind.${shown.place}`)] as const] : []),
    [t('referral.field.from'), [shown.from, shown.person].filter(Boolean).join(', ')],
    [t('referral.field.to'), shown.name],
    [t('referral.field.reference'), shown.reference],
    [t('referral.field.status'), t(`referral.status.${shown.status}`)],
    [t('referral.field.sent'), words.dateTime(shown.sentAt)],
    ...(waits ? [[t('box.asked.due'), words.dateTime(shown.dueAt)] as const] : []),
  ]
  const primary = shown.answers.find(one => first.includes(one))
  return html`<h1>${t('box.asked.heading')}</h1>
${shown.taken ? html`<p class="notice" role="status">${t(`box.taken.${shown.taken}`)}</p>` : ''}
<p class="lead">${t(waits ? 'box.asked.lead' : 'box.asked.going')}</p>
${facts(rows)}
${told('message', t('referral.message'), shown.message)}
<section aria-labelledby="person"><h2 id="person">${t('referral.person')}</h2>${
    shown.identity ? facts(personRows(shown.identity, words)) : html`<p>${t('referral.person-closed')}</p>`
  }</section>
${told('answer', t('box.asked.answer'), shown.answer)}
${step(
  view,
  field,
  html`<section aria-labelledby="do"><h2 id="do">${t(waits ? 'box.asked.do' : 'box.asked.next')}</h2>
<div class="visit-ways">${shown.answers.map(one => press(`${plain.includes(one) ? 'give' : 'ask'}:${one}`, t(`box.do.${one}`), one === primary ? 'primary' : 'secondary'))}</div></section>
<p class="quiet">${t('box.asked.keep')}</p>${leave(view)}`,
)}`
}

const choices = (
  { words: { t } }: View,
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  { given, wrong }: Asking,
): Piece => {
  const bad = wrong?.field === name
  return html`<fieldset class="field${bad ? ' field-wrong' : ''}"><legend class="field-label">${label}</legend>
${bad ? html`<p class="field-error" id="${name}-error" role="alert">${t('problem.field.required')}</p>` : ''}<div class="choices">${options.map(
    ([value, text]) =>
      html`<label class="choice" for="${name}-${value}"><input type="radio" class="choice-input" id="${name}-${value}" name="${name}" value="${value}"${given[name as 'declined'] === value ? html` checked` : ''}><span class="choice-mark" aria-hidden="true"></span><span class="choice-text"><span class="choice-label">${text}</span></span></label>`,
  )}</div></fieldset>`
}

/** What an answer needs before it is given. */
function asking(view: View, shown: Asking, field: string): Piece {
  const { t } = view.words
  const { given, wrong } = shown
  const { answer } = given
  const needsWords = answer === 'partly-accepted'
  const words = answer === 'accepted' || needsWords || answer === 'declined'
  const wrongWords = wrong?.field === 'words' ? wrong : undefined
  return html`<h1>${t(`box.do.${answer}`)}</h1>
${wrong?.field === 'place' ? html`<p class="notice" role="alert">${t('box.no-place')}</p>` : ''}
<p class="lead">${t(`box.asks.${answer}`)}</p>
${step(
  view,
  field,
  html`${
    answer === 'declined'
      ? choices(
          view,
          'declined',
          t('referral.decline.reason-label'),
          declineReasons.map(one => [one, t(`referral.decline.${one}`)]),
          shown,
        )
      : ''
  }${
    answer === 'ended'
      ? choices(
          view,
          'ended',
          t('referral.end.title'),
          endReasons.map(one => [one, t(`referral.end.${one}`)]),
          shown,
        )
      : ''
  }${
    answer === 'done'
      ? choices(
          view,
          'outcome',
          t('referral.finish.title'),
          outcomes.map(one => [one, t(`referral.outcome.${one}`)]),
          shown,
        )
      : ''
  }${
    words
      ? html`<div class="field${wrongWords ? ' field-wrong' : ''}"><label class="field-label" for="words">${t(needsWords ? 'box.words.part' : 'box.words')}</label>
${wrongWords ? html`<p class="field-error" id="words-error" role="alert">${t(`box.words.${wrongWords.code}`)}</p>` : ''}
<textarea class="input input-area" id="words" name="words" rows="4" dir="auto" autocomplete="off" spellcheck="false"${wrongWords ? html` aria-invalid="true" aria-describedby="words-error"` : ''}>
${given.words ?? ''}</textarea></div>`
      : ''
  }<p class="actions">${press(`give:${answer}`, t('box.send'), 'primary')}${press('start', t('box.back'), 'quiet')}</p>${leave(view)}`,
)}`
}

function over(view: View, { taken }: Over): Piece {
  const { t } = view.words
  return whole(
    view,
    html`<h1>${t('box.over.heading')}</h1><p class="lead" role="status">${t(`box.taken.${taken}`)}</p><p>${t('box.over.text')}</p>`,
  )
}
