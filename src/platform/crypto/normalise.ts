/**
 * One spelling for values that are searched by blind terms. Every function gives '' when nothing searchable is left.
 */

/** A passport or identity number: NFKC, capital letters and digits only. `n.º 12-345` and `N 12345` are not one number. */
export function normaliseDocument(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '')
}

/**
 * A telephone in E.164 (`+18681234567`). `00` and `011` in front count as `+`; a number without either is national: one
 * zero in front (trunk prefix) is dropped and the calling code put before it, unless it stands there already.
 * @param callingCode of the country, digits only (`1868` for Trinidad and Tobago, `57` for Colombia)
 * @returns '' unless 7 to 15 digits result (ITU-T E.164 allows 15)
 */
export function normalisePhone(value: string, callingCode: string): string {
  const text = value.normalize('NFKC').replace(/\(0\)/g, '')
  const digits = text.replace(/\D/g, '')
  let full: string
  if (text.trim().startsWith('+')) full = digits
  else if (digits.startsWith('011')) full = digits.slice(3)
  else if (digits.startsWith('00')) full = digits.slice(2)
  else full = national(digits.replace(/^0/, ''), callingCode)
  return full.length >= 7 && full.length <= 15 ? `+${full}` : ''
}

function national(digits: string, callingCode: string): string {
  if (digits === '') return ''
  // The North American plan: +1, three digits of area, seven of subscriber; people write all of it, or parts.
  if (callingCode.length === 4 && callingCode.startsWith('1')) {
    if (digits.length === 11 && digits.startsWith('1')) return digits
    if (digits.length === 10) return `1${digits}`
    return callingCode + digits
  }
  // Longer than a national number can be with the code in front: the code was written without a plus.
  return digits.startsWith(callingCode) && digits.length >= callingCode.length + 9 ? digits : callingCode + digits
}

/** A name: NFKC, small letters, marks stripped (`Muñoz` as `munoz`), apostrophes dropped, words apart by one space. */
export function normaliseName(value: string): string {
  return (
    value
      .normalize('NFKC')
      .toLowerCase()
      // Marks apart from their letters first: some letters of the next line carry one.
      .normalize('NFKD')
      // Letters that are no base letter with a mark: they have no decomposition.
      .replace(/[ßæøłđðþœı]/g, letter => PLAIN[letter]!)
      .replace(/\p{M}/gu, '')
      .replace(/['’‘`´]/g, '')
      .replace(/[^\p{L}\p{Nd}]+/gu, ' ')
      .trim()
      .normalize('NFC')
  )
}

const PLAIN: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', œ: 'oe', ı: 'i' }
