/** Built-in number formats that show a date or a time (ECMA-376 part 1, 18.8.30, East Asian ones included). */
const builtIn = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
])

/** Whether a number format shows a date: a date's letter outside quotes, brackets and escapes. */
export function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn.has(id)
  return /[ymdhs]/i.test(code.slice(0, 200).replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_./gi, ''))
}

const day = 86_400_000

/** A spreadsheet's serial date as `2026-11-22`, `2026-11-22T14:05:00`, or `14:05:00` where it has no day. */
export function dateText(serial: number, from1904: boolean): string {
  // Day 60 is the 29th of February 1900, which never was; what comes before it is one day off in every spreadsheet.
  const shifted = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const moment = new Date(Math.round((shifted - 25_569) * day))
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return String(serial)
  const iso = moment.toISOString()
  if (serial >= 0 && serial < 1) return iso.slice(11, 19)
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19)
}

/** `42`, never `42.0` or `4.2E1`: how a number is written wherever a sheet may hold it as text too. */
export function numberText(value: string): string {
  const number = Number(value)
  return value.trim() !== '' && Number.isFinite(number) ? String(number) : value
}

/** The constants among formulas: nothing is worked out, the cell says true or false. */
export function constantFormula(formula: string): 'TRUE' | 'FALSE' | undefined {
  const word = formula.length < 20 && /^\s*=?\s*(TRUE|FALSE)\s*(?:\(\s*\))?\s*$/i.exec(formula)?.[1]?.toUpperCase()
  return word === 'TRUE' || word === 'FALSE' ? word : undefined
}

/** `_x000D_` and the like stand for characters that XML may not hold (ECMA-376 part 1, 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

/**
 * The opposite: a text that looks like such an escape is written so that it is read as it stands. So is a word that
 * every object has as a key, which the writer of spreadsheets would take for a text that it has met.
 */
export const escaped = (text: string): string =>
  text in {}
    ? `_x00${text.charCodeAt(0).toString(16)}_${text.slice(1)}`
    : text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')

/** `0` → A, `27` → AB. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return letters
}

/** `AB12` → 27; undefined where it is no address. */
export function columnIndex(address: string): number | undefined {
  const letters = /^([A-Z]{1,3})[0-9]{1,7}$/.exec(address)?.[1]
  if (!letters) return undefined
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}

/**
 * What no text of a form may hold: control characters but line feed and tab, half a surrogate pair, and what Unicode
 * says is no character. XML could not carry them to a phone.
 */
export const forbidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffd-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
