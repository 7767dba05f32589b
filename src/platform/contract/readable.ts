import { wrongText } from './edge.ts'

/** Controls, separators and marks that turn the direction of a text. */
const unseen = /[[\p{Cc}\u2028-\u202e\u2066-\u2069\ufffe\uffff]--[\n\t]]/gv
/** What can be shown of a text: without signs that nobody sees, which is said when it is shown. */
export const readable = (text: string): string =>
  wrongText(text) === undefined
    ? text
    : text
        .toWellFormed()
        .normalize('NFC')
        .replace(unseen, '')
        .replace(/(\p{M}{30})\p{M}+/gu, '$1')
