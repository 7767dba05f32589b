import { html } from 'hono/html'
import { feedbackAnswers, feedbackPictures, feedbackQuestions } from '#capabilities/referrals/contract.ts'
import type { Piece, View } from '../../../site/page.ts'
import type { Help, HelpPage } from '../server/own/helps.ts'
import { back, close, press, step } from './steps.ts'

// What the person says of a help, if they want to: by its kind, and nothing of it is asked for.

const named = ({ words: { t } }: View, { kind, number }: Help): Piece =>
  html`${t(`visit.kind.${kind}`)}${number === null ? '' : html` · ${t('visit.agreed.one', { at: number })}`}`

export function helps(view: View, shown: HelpPage & { page: 'helps' }, field: string): Piece {
  const { t } = view.words
  return html`<h1>${t('visit.helps.heading')}</h1>
${shown.done ? html`<p class="notice" role="status">${t(`visit.helps.${shown.done}`)}</p>` : ''}
${shown.helps.length === 0 ? html`<p class="lead">${t('visit.helps.none')}</p>` : shown.done ? '' : html`<p class="lead">${t('visit.helps.lead')}</p><p>${t('visit.helps.who')}</p>`}
${shown.helps.map(one =>
  step(
    view,
    field,
    html`<section class="card visit-agreed" aria-labelledby="help-${one.id}"><input type="hidden" name="help" value="${one.id}"><h2 class="visit-help" id="help-${one.id}">${named(view, one)}</h2>
${one.said ? html`<p>${t('visit.helps.said')}</p>` : ''}<p class="actions">${press('say', t(one.said ? 'visit.helps.anew' : 'visit.helps.say'))}${one.said ? press('untell', t('visit.helps.take-back'), 'quiet') : ''}</p></section>`,
  ),
)}
${step(view, field, html`<p class="actions">${back(view)}</p>${close(view)}`)}`
}

export function say(view: View, { help, said, again }: HelpPage & { page: 'say' }, field: string): Piece {
  const { t } = view.words
  return html`<h1>${t('visit.say.heading')}</h1>
<p class="visit-help">${named(view, help)}</p>
<p class="lead">${t('visit.say.lead')}</p>
${help.said ? html`<p>${t('visit.say.anew')}</p>` : ''}
${step(
  view,
  field,
  html`<input type="hidden" name="help" value="${help.id}">${feedbackQuestions.map(
    question =>
      html`<fieldset class="field"><legend class="field-label">${t(`feedback.${question}`)}</legend><div class="choices feedback-answers">${[
        ...feedbackAnswers,
        'unsaid' as const,
      ].map(
        one =>
          html`<label class="choice feedback-answer" for="${question}-${one}"><input type="radio" class="choice-input" id="${question}-${one}" name="${question}" value="${one}"${said[question] === one ? html` checked` : ''}><svg class="icon feedback-picture" viewBox="0 0 24 24" aria-hidden="true"><path d="${feedbackPictures[one]}"/></svg><span class="choice-label">${t(`feedback.${one}`)}</span></label>`,
      )}</div></fieldset>`,
  )}
<div class="field${again ? ' field-wrong' : ''}"><label class="field-label" for="text">${t('visit.say.words')}</label><p class="field-hint" id="text-hint">${t('visit.say.hint')}</p>
${again ? html`<p class="field-error" id="text-error" role="alert">${t(again.why === 'signs' ? 'visit.ask.signs' : 'visit.say.too-long')}</p>` : ''}
<textarea class="input input-area" id="text" name="text" rows="3" dir="auto" autocomplete="off" spellcheck="false" aria-describedby="text-hint${again ? ' text-error' : ''}"${again ? html` aria-invalid="true"` : ''}>
${again?.text ?? ''}</textarea></div>
<p class="actions">${press('tell', t('visit.say.send'), 'primary')}${press('helps', t('visit.say.not-now'), 'quiet')}</p>${close(view)}`,
)}`
}
