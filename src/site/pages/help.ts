import { html } from 'hono/html'
import { type Body, type Hotline, textIn, textStanding } from '#platform/country/pack.ts'
import type { Words } from '#platform/words/words.ts'
import { linesOf } from '../lines.ts'
import { type Piece, packText, page, type View } from '../page.ts'
import { callLink, factsOf, headOf, markOf } from './call.ts'

/** Numbers first, then what to do, then the offices; on paper a small card of plain labels and numbers. */
export function help(view: View): Piece {
  const { words, pack } = view
  const { t } = words
  const lines = linesOf(pack)
  const emergency = lines.filter(({ kind }) => kind === 'emergency')
  const others = lines.filter(({ kind }) => kind !== 'emergency')
  const unchecked = !pack.demonstration && lines.length > 0 && !lines.some(({ verified }) => verified === 'V')
  return page(
    view,
    t('site.help.title'),
    html`<div class="reading screen"><h1>${t('site.help.heading')}</h1>
${lines.length === 0 ? noLines(view) : ''}
${unchecked ? html`<p class="notice">${t('site.help.unchecked')}</p>` : ''}
${
  emergency.length > 0
    ? html`<section class="urgent" aria-labelledby="danger"><h2 id="danger">${t('site.help.emergency')}</h2>
${emergency.map(line => html`<div class="call call-danger call-full">${callLink(words, line)}<div class="call-about">${markOf(words, line.verified)}${factsOf(words, line)}</div></div>`)}</section>`
    : ''
}
${others.length > 0 ? html`<section aria-labelledby="talk"><h2 id="talk">${t('site.help.talk')}</h2><ul class="calls">${others.map(line => oneLine(view, line))}</ul><p class="quiet small">${t('site.help.trace')}</p></section>` : ''}
<div class="${pack.dangerSteps.length > 0 ? 'pair pair-wide' : ''}">${steps(view)}${offices(view)}</div>
${lines.length > 0 ? html`<p class="quiet small">${t('site.help.print')}</p>` : ''}</div>
${lines.length > 0 ? card(view.words, lines) : ''}`,
  )
}

function oneLine({ words }: View, line: Hotline): Piece {
  return html`<li class="call">${headOf(words, 3, words.t(`site.kind.${line.kind}`), line.verified)}${callLink(words, line)}${factsOf(words, line)}</li>`
}

function noLines({ words, pack }: View): Piece {
  const { t } = words
  return html`<section class="notice" aria-labelledby="none"><h2 id="none">${t('site.help.none.title', { country: textIn(pack.names, words.lang) })}</h2><p>${t('site.help.none.text')}</p></section>`
}

/** Danger texts are shown as signed, or as a demonstration with its mark, or not at all. */
function steps({ words, pack }: View): Piece | '' {
  const { t } = words
  if (pack.dangerSteps.length === 0) return ''
  const standing = textStanding(pack, words.lang, 'danger')
  const heading = html`<h2 id="steps">${t('site.help.steps')}</h2>`
  // A step that exists only in another language would not be what the reviewer of this one has signed.
  const shown = pack.dangerSteps.filter(({ texts }) => texts[words.lang] !== undefined)
  if (standing === 'withheld' || shown.length < pack.dangerSteps.length)
    return html`<section aria-labelledby="steps">${heading}<p>${t('site.help.steps.withheld')}</p></section>`
  const reviewer = pack.reviewers.find(({ language, texts }) => language === words.lang && texts.includes('danger'))
  return html`<section aria-labelledby="steps">${heading}
<ol class="steps">${shown.map(({ texts }) => html`<li>${texts[words.lang]}</li>`)}</ol>
${
  reviewer
    ? html`<p class="quiet small">${t('site.help.steps.signed', { name: reviewer.name, role: reviewer.role, date: words.date(reviewer.on, 'long') })}</p>`
    : html`<p><span class="tag tag-warning">${t('site.help.steps.demonstration')}</span></p>`
}</section>`
}

/** The bodies that take up such cases. Only what the pack calls public: a shelter never is. */
function offices({ words, pack }: View): Piece | '' {
  const { t } = words
  const competent = pack.bodies.filter(each => each.public && each.kind !== 'shelter' && each.competentFor.length > 0)
  if (competent.length === 0) return ''
  return html`<section aria-labelledby="offices"><h2 id="offices">${t('site.help.offices')}</h2>
${linesOf(pack).length === 0 ? html`<p>${t('site.help.none.offices')}</p>` : ''}
<ul class="calls">${competent.map(body => html`<li class="call">${office(words, pack.demonstration, body)}</li>`)}</ul></section>`
}

function office(words: Words, demonstration: boolean, body: Body): Piece {
  const { t } = words
  const whom = body.competentFor.length > 1 ? 'all' : (body.competentFor[0] ?? 'all')
  const kind = t(`site.help.offices.${whom}`)
  // An invented number must never ring at somebody's.
  const reachable = body.phone !== null && (demonstration || body.verified !== 'P')
  return reachable
    ? html`${headOf(words, 3, kind, body.verified)}${callLink(words, { names: body.names, number: body.phone ?? '' })}`
    : html`<h3 class="call-kind">${kind}</h3><p class="call-name">${packText(body.names, words.lang)}</p><p class="quiet">${t('site.help.offices.phone')}</p>`
}

/** Only on paper: found in a pocket it says nothing but where to call. */
function card({ t }: Words, lines: readonly Hotline[]): Piece {
  return html`<div class="paper"><p class="paper-title">${t('site.card.title')}</p><table>${lines.map(line => html`<tr><td>${t(`site.card.${line.kind}`)}</td><td dir="ltr">${line.number}</td></tr>`)}</table></div>`
}
