// NameStartChar and NameChar of XML 1.0 (fifth edition) without the colon, which would make a namespace.
const first =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFC}\\u{10000}-\\u{EFFFF}'
const name = new RegExp(`^[${first}][${first}0-9.\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}-]*$`, 'u')

/** A name that XML and XPath take as one word; letters of any script. At most 200 characters. */
export const isName = (text: string): boolean => text.length <= 200 && name.test(text)

/**
 * Names that every JavaScript object already has: as a key of answers they would be found where nobody answered.
 * `meta` is the form's own corner of an XForm.
 */
const reserved = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'meta'])
export const isReserved = (text: string): boolean => reserved.has(text)
