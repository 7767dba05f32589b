import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * Real files that specs are tried with and that are not part of this repository: `../shared/corpora` beside it, or
 * where SAMAAN_CORPORA says.
 */
const folder = process.env.SAMAAN_CORPORA
  ? pathToFileURL(`${process.env.SAMAAN_CORPORA}/`)
  : new URL('../../shared/corpora/', import.meta.url)

export const corpus = (path: string): URL => new URL(path, folder)

/**
 * Why specs that need them are skipped, for `node:test`; false where they are there.
 * @throws Error where SAMAAN_CORPORA names a folder that is not there: who names it wants them tried
 */
export const withoutCorpora: string | false = existsSync(folder) ? false : whyNot()
function whyNot(): string {
  if (process.env.SAMAAN_CORPORA) throw new Error(`SAMAAN_CORPORA: there is no ${process.env.SAMAAN_CORPORA}`)
  return 'no corpora beside the repository and SAMAAN_CORPORA not set'
}
