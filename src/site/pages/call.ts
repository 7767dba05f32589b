import { html } from 'hono/html'
import { dial } from '#platform/country/dial.ts'
import type { Hotline } from '#platform/country/pack.ts'
import type { Mark } from '#platform/country/vocabulary.ts'
import type { Words } from '#platform/words/words.ts'
import { costText, hoursText, languagesText } from '../lines.ts'
import { type Piece, packText } from '../page.ts'

const receiver = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 3.500h3.500l1.800 4.600-2.200 1.700a12.500 12.500 0 0 0 6.100 6.100l1.700-2.200 4.600 1.800V19a1.700 1.700 0 0 1-1.800 1.700A16.500 16.500 0 0 1 3.300 5.300 1.700 1.700 0 0 1 5 3.500z"/></svg>`

/** One large thing to press: who answers and the number. */
export function callLink(words: Words, line: Pick<Hotline, 'names' | 'number'>): Piece {
  return html`<a class="call-link" href="${dial(line.number)}">${receiver}<span class="call-words"><span class="call-name">${packText(line.names, words.lang)}</span> <bdi class="call-number" dir="ltr">${line.number}</bdi></span></a>`
}

/** When, in which languages and at what cost. */
export function factsOf(words: Words, line: Hotline): Piece {
  const facts = [hoursText(words, line.hours), languagesText(words, line.languages), costText(words, line.free)]
  return html`<p class="call-facts">${facts.map(fact => html`<span>${fact}</span> `)}</p>`
}

/** How far a number was checked; nothing where it was read in an official source. */
export function markOf({ t }: Words, verified: Mark): Piece | '' {
  if (verified === 'V' || verified === 'none') return ''
  return html`<span class="tag tag-warning">${t(`site.mark.${verified}`)}</span>`
}

/** What the number is for, and its mark. `level` is that of the heading. */
export function headOf(words: Words, level: 2 | 3, kind: string, verified: Mark): Piece {
  const heading = level === 2 ? html`<h2 class="call-kind">${kind}</h2>` : html`<h3 class="call-kind">${kind}</h3>`
  return html`<div class="call-head">${heading}${markOf(words, verified)}</div>`
}
