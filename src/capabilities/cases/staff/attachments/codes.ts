/** Codes that have words of their own; a server newer than this page may know more. */
const known = [
  'type',
  'video',
  'macros',
  'empty',
  'too-large',
  'broken-image',
  'too-many-pixels',
  'unreadable',
  'infected',
  'refused-by-person',
  'scanner-away',
  'damaged',
  'not-signed-in',
  'too-many-files',
] as const

/** The end of the key that says a code in words. */
export const codeKey = (code: string): string => known.find(one => one === code) ?? 'other'
