import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the installation: the nearest one above this file that holds the country packs and the migrations. */
export const root = ((): string => {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'db', 'migrations'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('the installation is not whole: no db/migrations above the program')
    folder = above
  }
  return folder
})()
