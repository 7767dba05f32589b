import { IntlMessageFormat } from 'intl-messageformat'
import type { Piece } from './words.ts'

/**
 * An ICU text as the pieces that `createWords` writes out. Tags stay text. Throws on a text that is not ICU. On the
 * server and in the build only: the browser's messages come parsed (vite.config.ts).
 */
export const parse = (text: string): readonly Piece[] =>
  new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst() as readonly unknown[] as readonly Piece[]
