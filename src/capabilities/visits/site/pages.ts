import { html } from 'hono/html'
import { ownTextVersion } from '#capabilities/consent/contract.ts'
import type { IdentificationState } from '#platform/country/procedure.ts'
import { linesOf } from '../../../site/lines.ts'
import { type Piece, page, type View } from '../../../site/page.ts'
import { callLink } from '../../../site/pages/call.ts'
import type { Agreed, Page } from '../server/own/standing.ts'
import { helps, say } from './help-pages.ts'
import { actionOf, back, close, press, step } from './steps.ts'

/** Every page has the same title: what a history or a tab shows must say nothing. */
const whole = (view: View, body: Piece): Piece =>
  page(view, view.words.t('visit.title'), html`<div class="reading">${body}</div>`)

/** Where the digits are typed. `wrong` says the same of every number that opens nothing. */
export function entrance(view: View, wrong = false): Piece {
  const { t } = view.words
  return whole(
    view,
    html`<h1>${t('visit.enter.heading')}</h1>
${wrong ? html`<p class="notice" id="why" role="alert">${t('visit.enter.wrong')}</p>` : ''}
<p class="lead">${t('visit.enter.lead')}</p>
<form method="post" action="${actionOf(view)}" autocomplete="off">
<div class="field"><label class="field-label" for="n">${t('visit.enter.label')}</label><p class="field-hint" id="n-hint">${t('visit.enter.hint')}</p>
<input class="input input-digits" id="n" name="n" type="text" inputmode="numeric" maxlength="80" required autocomplete="off" spellcheck="false" dir="ltr" aria-describedby="${wrong ? 'n-hint why' : 'n-hint'}"></div>
<p class="actions"><button class="button button-primary" type="submit">${t('visit.enter.go')}</button></p></form>
<section aria-labelledby="before"><h2 id="before">${t('visit.enter.before')}</h2><ul><li>${t('visit.enter.before.1')}</li><li>${t('visit.enter.before.2')}</li><li>${t('visit.enter.before.3')}</li></ul></section>`,
  )
}

/** What is shown of a visit that is over, of one that never was, and of a step that was called back. */
export function ended(view: View): Piece {
  const { t } = view.words
  return whole(
    view,
    html`<h1>${t('visit.ended.heading')}</h1><p class="lead">${t('visit.ended.text')}</p><p>${t('visit.ended.again')}</p>`,
  )
}

export function visitPage(view: View, shown: Page, field: string): Piece {
  return whole({ ...view, carried: field }, bodyOf(view, shown, field))
}

function bodyOf(view: View, shown: Page, field: string): Piece {
  switch (shown.page) {
    case 'start':
      return start(view, shown, field)
    case 'agreed':
      return agreed(view, shown, field)
    case 'stop':
      return stop(view, shown.agreed, field)
    case 'stopped':
      return stopped(view, field)
    case 'checked':
      return checked(view, shown, field)
    case 'questions':
      return questions(view, shown, field)
    case 'helps':
      return helps(view, shown, field)
    case 'say':
      return say(view, shown, field)
  }
}

/** A proposal that waits for its second person is no news yet. */
const notYet: Partial<Record<IdentificationState, IdentificationState>> = {
  'proposed-negative': 'pending',
  'proposed-reasonable-grounds-again': 'reconsidering-reasonable-grounds',
  'proposed-conclusive-negative': 'conclusive-pending',
  'proposed-conclusive-grounds-again': 'reconsidering-conclusive-grounds',
}

function start(view: View, shown: Page & { page: 'start' }, field: string): Piece {
  const { t } = view.words
  const state = notYet[shown.identification] ?? shown.identification
  return html`<h1>${t('visit.start.heading')}</h1>
<p class="lead">${shown.closed ? t('visit.status.closed') : t(`visit.status.${state}`)}</p>
${step(
  view,
  field,
  html`<div class="visit-ways">${press('agreed', t('visit.start.agreed'), 'primary')}${press('questions', shown.mayAsk ? t('visit.start.ask') : t('visit.start.answers'))}${shown.helped ? press('helps', t('visit.start.helps')) : ''}</div>
<section aria-labelledby="saw"><h2 id="saw">${t('visit.start.saw')}</h2><p>${t('visit.start.saw.text')}</p></section>
<p class="quiet">${t('visit.start.short')}</p>${close(view)}`,
)}`
}
function agreed(view: View, shown: Page & { page: 'agreed' }, field: string): Piece {
  const { t } = view.words
  const live = shown.agreed.filter(one => one.standing === 'live')
  const gone = shown.agreed.length - live.length
  return html`<h1>${t('visit.agreed.heading')}</h1>
<p class="lead">${live.length > 0 ? t('visit.agreed.lead') : t('visit.agreed.none')}</p>
${live.map((one, at) =>
  step(
    view,
    field,
    html`<section class="card visit-agreed" aria-label="${t('visit.agreed.one', { at: at + 1 })}"><input type="hidden" name="consent" value="${one.id}">${facts(view, one)}<p class="actions">${press('stop', t('visit.agreed.stop'))}</p></section>`,
  ),
)}
${gone > 0 ? html`<p class="quiet">${t('visit.agreed.gone', { count: gone })}</p>` : ''}
${step(view, field, html`<p class="actions">${back(view)}</p>${close(view)}`)}`
}
function facts({ words }: View, one: Agreed): Piece {
  const { t } = words
  const rows = [
    [t('visit.agreed.for'), one.purposes.map(each => t(`visit.purpose.${each}`))],
    [t('visit.agreed.who'), one.kinds.map(each => t(`visit.kind.${each}`))],
    [t('visit.agreed.what'), one.compartments.map(each => t(`visit.part.${each}`))],
  ] as const
  return html`<dl class="visit-facts">${rows.map(([term, values]) => html`<dt>${term}</dt>${values.map(value => html`<dd>${value}</dd>`)}`)}</dl>`
}

function stop(view: View, one: Agreed, field: string): Piece {
  const { t } = view.words
  const lines = ['1', '2', '3', '4'] as const
  return html`<h1>${t('visit.stop.heading')}</h1>
${facts(view, one)}
<div class="notice">${lines.map(line => html`<p>${t(`consent.text.${ownTextVersion}.${line}`)}</p>`)}</div>
${step(
  view,
  field,
  html`<input type="hidden" name="consent" value="${one.id}"><p class="actions">${press('withdraw', t('visit.stop.yes'), 'primary')}${press('agreed', t('visit.stop.no'))}</p>`,
)}`
}

function stopped(view: View, field: string): Piece {
  const { t } = view.words
  const answers = ['yes', 'unsure', 'no'] as const
  return html`<h1>${t('visit.stopped.heading')}</h1>
<p class="lead" role="status">${t('visit.stopped.text')}</p><p>${t('visit.stopped.services')}</p>
${step(
  view,
  field,
  html`<section aria-labelledby="safe"><h2 id="safe">${t('visit.safe.heading')}</h2><p>${t('visit.safe.lead')}</p>
<fieldset class="field"><legend class="field-label">${t('visit.safe.question')}</legend><div class="choices">${answers.map(
    one =>
      html`<label class="choice" for="safe-${one}"><input type="radio" class="choice-input" id="safe-${one}" name="safe" value="${one}"><span class="choice-mark" aria-hidden="true"></span><span class="choice-text"><span class="choice-label">${t(`visit.safe.${one}`)}</span></span></label>`,
  )}</div></fieldset>
<div class="field"><label class="choice" for="contact"><input type="checkbox" class="choice-input" id="contact" name="contact" value="yes"><span class="choice-mark" aria-hidden="true"></span><span class="choice-text"><span class="choice-label">${t('visit.safe.contact')}</span></span></label></div></section>
<p class="actions">${press('check', t('visit.safe.send'), 'primary')}${press('start', t('visit.safe.skip'), 'quiet')}</p>${close(view)}`,
)}`
}

function checked(view: View, shown: Page & { page: 'checked' }, field: string): Piece {
  const { words, pack } = view
  const { t } = words
  const urgent = shown.safe === 'no' || shown.safe === 'unsure'
  const lines = urgent ? linesOf(pack).filter(one => one.kind === 'emergency') : []
  return html`<h1>${t('visit.checked.heading')}</h1>
<p class="lead" role="status">${t(shown.contact ? 'visit.checked.contact' : 'visit.checked.thanks')}</p>
${lines.length > 0 ? html`<section aria-labelledby="now"><h2 id="now">${t('visit.checked.now')}</h2>${lines.map(line => html`<div class="call call-danger">${callLink(words, line)}</div>`)}</section>` : ''}
${step(view, field, html`<p class="actions">${back(view)}</p>${close(view)}`)}`
}

function questions(view: View, shown: Page & { page: 'questions' }, field: string): Piece {
  const { t } = view.words
  const { again } = shown
  return html`<h1>${t('visit.ask.heading')}</h1>
${shown.asked ? html`<p class="notice" role="status">${t('visit.ask.sent')}</p>` : ''}
${
  shown.mayAsk && !shown.full
    ? step(
        view,
        field,
        html`<div class="field${again ? ' field-wrong' : ''}"><label class="field-label" for="text">${t('visit.ask.label')}</label><p class="field-hint" id="text-hint">${t('visit.ask.hint')}</p>
${again ? html`<p class="field-error" id="text-error" role="alert">${t(`visit.ask.${again.why}`)}</p>` : ''}
<textarea class="input input-area" id="text" name="text" rows="5" dir="auto" autocomplete="off" spellcheck="false" aria-describedby="text-hint${again ? ' text-error' : ''}"${again ? html` aria-invalid="true"` : ''}>
${again?.text ?? ''}</textarea></div><p class="actions">${press('ask', t('visit.ask.send'), 'primary')}</p>`,
      )
    : html`<p class="lead">${t(shown.full ? 'visit.ask.full' : 'visit.ask.nobody')}</p>`
}
${
  shown.questions.length > 0
    ? html`<section aria-labelledby="asked"><h2 id="asked">${t('visit.ask.before')}</h2>${shown.questions.map(
        one =>
          html`<div class="card visit-asked"><p class="visit-text" dir="auto">${one.text}</p>${
            one.answer === null
              ? html`<p class="quiet">${t('visit.ask.waits')}</p>`
              : html`<h3>${t('visit.ask.answer')}</h3><p class="visit-text" dir="auto">${one.answer}</p>`
          }</div>`,
      )}</section>`
    : ''
}
${step(view, field, html`<p class="actions">${back(view)}</p>${close(view)}`)}`
}
