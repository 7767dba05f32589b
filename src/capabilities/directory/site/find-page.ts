import { html } from 'hono/html'
import { findMainLine, hoursText, languagesText } from '../../../site/lines.ts'
import { href, type Piece, page, type View } from '../../../site/page.ts'
import { callLink } from '../../../site/pages/call.ts'
import { type Opening, serviceKinds } from '../contract.ts'
import { forWhom } from '../for-whom.ts'
import type { Doc } from '../server/hsds/fields.ts'
import { phoneOf } from '../server/hsds/said.ts'
import { areaName, type ListedService } from '../server/hsds/shape.ts'
import { pairsOf, type Wanted } from './find-asked.ts'

export interface Found {
  readonly wanted: Wanted
  /** What is listed at all. */
  readonly choices: {
    readonly kinds: readonly string[]
    readonly areas: readonly string[]
    readonly languages: readonly string[]
  }
  readonly rows: readonly ListedService[]
  readonly total: number
  readonly pages: number
  /** null: nobody said when. */
  readonly openNow: (row: ListedService) => boolean | null
  readonly now: Date
}

/** First what one may choose, then what there is, and on paper only who to call and when. */
export function findPage(given: View, found: Found): Piece {
  const pairs = pairsOf(found.wanted)
  const view: View =
    pairs.length > 0 ? { ...given, carried: new URLSearchParams(pairs).toString(), roams: true } : given
  const { t } = view.words
  const bare = found.choices.kinds.length === 0
  return page(
    view,
    t('find.title'),
    html`<div class="reading screen"><h1>${t('find.heading')}</h1>
${found.wanted.one ? alone(view, found) : html`<p class="lead">${t('find.lead')}</p>${bare ? '' : chooser(view, found)}${bare ? notYet(view) : results(view, found)}`}
</div>
${found.rows.length > 0 ? paper(view, found) : ''}`,
  )
}

const action = ({ words, route }: View): string => href(words.lang, route)
const hidden = (pairs: readonly [string, string][]): Piece[] =>
  pairs.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
/** A button that shows the page with something else wanted. */
const go = (view: View, wanted: Wanted, change: Partial<Wanted>, label: string, kind: string, about?: string): Piece =>
  html`<form method="post" action="${action(view)}">${hidden(pairsOf(wanted, change))}<button class="button button-${kind}" type="submit"${about ? html` aria-label="${label}: ${about}"` : ''}>${label}</button></form>`

/** The codes by their names, in the order of the reader's language. */
function sorted(codes: readonly string[], lang: string, name: (code: string) => string): [string, string][] {
  const order = new Intl.Collator(lang)
  return codes.map((one): [string, string] => [one, name(one)]).sort((a, b) => order.compare(a[1], b[1]))
}
function chooser(view: View, { wanted, choices, now }: Found): Piece {
  const { words, pack } = view
  const { t, lang } = words
  const saying = { words, pack, now }
  const names = new Intl.DisplayNames([lang], { type: 'language' })
  const asked: [name: string, label: string, all: string, chosen: string | undefined, options: [string, string][]][] = [
    [
      'need',
      t('find.need'),
      t('find.need.all'),
      wanted.need,
      sorted(
        serviceKinds.filter(kind => choices.kinds.includes(kind)),
        lang,
        kind => t(`service.kind.${kind}`),
      ),
    ],
    [
      'place',
      t('find.place'),
      t('find.place.all'),
      wanted.place,
      sorted(choices.areas, lang, one => areaName(one, saying)),
    ],
    [
      'language',
      t('find.language'),
      t('find.language.all'),
      wanted.language,
      sorted(choices.languages, lang, one => names.of(one) ?? one),
    ],
  ]
  return html`<form class="find-form" method="post" action="${action(view)}" autocomplete="off">
${asked
  .filter(([, , , , options]) => options.length > 0)
  .map(
    ([name, label, all, chosen, options]) =>
      html`<div class="field"><label class="field-label" for="${name}">${label}</label><select class="input input-select" id="${name}" name="${name}"><option value="">${all}</option>${options.map(
        ([value, text]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${text}</option>`,
      )}</select></div>`,
  )}
<label class="choice" for="open"><input type="checkbox" class="choice-input" id="open" name="open" value="now"${wanted.open ? html` checked` : ''}><span class="choice-mark" aria-hidden="true"></span><span class="choice-text"><span class="choice-label">${t('find.open')}</span></span></label>
<p class="actions"><button class="button button-primary" type="submit">${t('find.go')}</button></p></form>`
}

function results(view: View, found: Found): Piece {
  const { t } = view.words
  const { rows, total, wanted, pages } = found
  if (total === 0)
    return html`<section class="notice" aria-labelledby="none"><h2 id="none">${t('find.none')}</h2><p>${t('find.none.text')}</p>
<div class="actions"><a class="button button-secondary" href="${action(view)}">${t('find.all')}</a>${numbers(view)}</div></section>`
  const more =
    pages > 1
      ? html`<nav class="actions find-pages" aria-label="${t('find.pages')}">${wanted.page > 1 ? go(view, wanted, { page: wanted.page - 1 }, t('find.before'), 'secondary') : ''}<span>${t('find.page', { page: wanted.page, pages })}</span>${wanted.page < pages ? go(view, wanted, { page: wanted.page + 1 }, t('find.next'), 'secondary') : ''}</nav>`
      : ''
  return html`<section aria-labelledby="found"><h2 id="found">${t('find.count', { count: total })}</h2>
<ul class="finds">${rows.map(row => html`<li>${card(view, found, row)}</li>`)}</ul>${more}
<p class="quiet small">${t('find.print')}</p></section>`
}
const numbers = (view: View): Piece =>
  html`<a class="button button-secondary" href="${href(view.words.lang, '/help')}">${t(view, 'find.numbers')}</a>`
const t = (view: View, key: string): string => view.words.t(key)

/** Where nothing is listed at all. */
function notYet(view: View): Piece {
  const line = findMainLine(view.pack)
  return html`<section class="notice" aria-labelledby="none"><h2 id="none">${t(view, 'find.empty')}</h2><p>${t(view, 'find.empty.text')}</p>${line ? callLink(view.words, line) : numbers(view)}</section>`
}
function alone(view: View, found: Found): Piece {
  const [row] = found.rows
  const back = go(view, found.wanted, { one: undefined }, t(view, 'find.back'), 'secondary')
  return row
    ? html`${card(view, found, row, true)}<p class="quiet small">${t(view, 'find.print.one')}</p>${back}`
    : html`<p class="notice">${t(view, 'find.gone')}</p>${back}`
}

const docOf = (value: unknown): Doc => (value ?? {}) as Doc
/** The number of the service itself, where it has one. */
const numberOf = (row: ListedService): string | null => phoneOf(docOf(row.hsds).phones) ?? row.organisation_phone

function card(view: View, found: Found, row: ListedService, single = false): Piece {
  const { words } = view
  const kind = words.t(`service.kind.${row.kind}`)
  const open = found.openNow(row)
  const number = numberOf(row)
  const head = row.name ?? kind
  const title = single ? html`<h2 class="find-name">${head}</h2>` : html`<h3 class="find-name">${head}</h3>`
  return html`<article class="find">
<div class="call-head">${title}${open === null ? '' : html`<span class="tag tag-${open ? 'good' : 'neutral'}">${t(view, open ? 'find.open.yes' : 'find.open.no')}</span>`}</div>
<p class="quiet">${row.name ? html`${kind} · ` : ''}${row.organisation_name}</p>
${row.description ? html`<p class="find-text">${row.description}</p>` : ''}
<dl class="find-facts">${factsOf(view, found, row).map(([term, lines]) => html`<div><dt>${term}</dt>${lines.map(line => html`<dd>${line}</dd>`)}</div>`)}</dl>
${number ? callLink(words, { names: { [words.lang]: row.organisation_name }, number }) : html`<p class="quiet">${t(view, 'find.no-phone')}</p>`}
${single ? '' : go(view, found.wanted, { one: row.id }, t(view, 'find.one'), 'quiet', head)}
</article>`
}

function factsOf(view: View, { now }: Found, row: ListedService): [string, string[]][] {
  const { words, pack } = view
  const doc = docOf(row.hsds)
  const cost = row.cost ? words.t(`service.cost.${row.cost}`) : doc.fees_description
  const facts: [string, unknown[]][] = [
    ['find.fact.whom', whomOf(view, row, doc)],
    ['find.fact.hours', hoursLines(view, row)],
    ['find.fact.cost', [cost]],
    [
      'find.fact.ask',
      row.how_to_ask.length > 0 ? row.how_to_ask.map(one => words.t(`find.ask.${one}`)) : [doc.application_process],
    ],
    ['find.fact.languages', row.languages.length > 0 ? [languagesText(words, row.languages)] : []],
    ['find.fact.where', [...addressesOf(doc), areaName(row.area, { words, pack, now })]],
    ['find.fact.access', row.access_needs.map(one => words.t(`service.access.${one}`))],
  ]
  return facts
    .map(([key, lines]): [string, string[]] => [
      words.t(key),
      lines.filter(line => typeof line === 'string') as string[],
    ])
    .filter(([, lines]) => lines.length > 0)
}
function whomOf({ words }: View, row: ListedService, doc: Doc): unknown[] {
  const whom = { ...row, minAge: row.min_age, maxAge: row.max_age, withChildren: row.with_children }
  const said = [
    ...forWhom(whom, words),
    row.nationalities.length > 0 ? `${words.t('services.nationalities')}: ${words.list(row.nationalities)}` : undefined,
    doc.eligibility_description,
  ].filter(Boolean)
  return said.length > 0 ? said : [words.t('services.for.anybody')]
}
const hoursLines = ({ words }: View, { hours, open_on_holidays }: ListedService): string[] => {
  const lines = ((hours ?? []) as Opening[]).map(one =>
    one.days.length === 7 && one.from === '00:00' && one.to === '24:00'
      ? words.t('site.hours.always')
      : hoursText(words, one),
  )
  return lines.length > 0 && open_on_holidays ? [...lines, words.t('services.hours.holidays')] : lines
}
const addressesOf = (doc: Doc): string[] =>
  ((doc.service_at_locations ?? []) as Doc[])
    .flatMap(at => (docOf(at.location).addresses ?? []) as Doc[])
    .filter(one => one.address_type === 'physical')
    .slice(0, 3)
    .map(one => [one.address_1, one.address_2, one.city].filter(Boolean).join(', '))

/** Only on paper: found in a pocket it says who to call and when, and not for what. */
function paper(view: View, found: Found): Piece {
  return html`<div class="paper paper-finds"><p class="paper-title">${t(view, 'site.card.title')}</p><table>${found.rows.map(
    row => {
      const lines = hoursLines(view, row)
      return html`<tr><td>${row.organisation_name}${lines.map(line => html`<br><small>${line}</small>`)}</td><td dir="ltr">${numberOf(row) ?? '–'}</td></tr>`
    },
  )}</table></div>`
}
