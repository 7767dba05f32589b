import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { type Flaw, flawsOf, writePath } from './flaws.ts'
import { CountryPack } from './pack.ts'

/** A pack that cannot be used. The message names the file and every bad field, one a line. */
export class PackError extends Error {
  readonly file: string
  readonly flaws: readonly Flaw[]

  constructor(file: string, flaws: readonly Flaw[]) {
    super([`${file} is not a valid country pack:`, ...flaws.map(each => `  ${each.path}: ${each.problem}`)].join('\n'))
    this.name = 'PackError'
    this.file = file
    this.flaws = flaws
  }
}

const english = z.locales.en().localeError

/** Checks what was read from a pack file. Throws PackError. `file` is used in the message only. */
export function parsePack(file: string, json: unknown): CountryPack {
  const parsed = CountryPack.safeParse(json, { error: english })
  if (!parsed.success)
    throw new PackError(
      file,
      parsed.error.issues.map(issue => ({ path: writePath(issue.path) || '(top)', problem: issue.message })),
    )
  const flaws = flawsOf(parsed.data)
  if (flaws.length > 0) throw new PackError(file, flaws)
  return parsed.data
}

/** Reads and checks one file. Throws PackError also where the file is missing or no JSON. */
export async function readPack(file: string): Promise<CountryPack> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new PackError(file, [{ path: '(file)', problem: error instanceof Error ? error.message : 'cannot be read' }])
  }
  return parsePack(file, json)
}

/**
 * Reads `<folder>/<code>/pack.json` of every country, by code in capitals.
 * Throws PackError on the first that is not valid or whose code is not that of its folder.
 */
export async function loadPacks(folder: string): Promise<ReadonlyMap<string, CountryPack>> {
  const packs = new Map<string, CountryPack>()
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter(each => each.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, name, 'pack.json')
    const pack = await readPack(file)
    if (pack.code.toLowerCase() !== name)
      throw new PackError(file, [{ path: 'code', problem: `must be that of the folder, ${name.toUpperCase()}` }])
    packs.set(pack.code, pack)
  }
  return packs
}
