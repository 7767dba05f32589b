import { globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { judge } from './judge.ts'
import { root } from './source.ts'

// A process of its own: what a mutant breaks or never ends is its alone. Files on disk stay as they are.

interface Told {
  readonly at: number
  readonly file: string
  readonly text: string
}
let mutant: Told | undefined
const rules = /\/src\/(platform\/policy\/[\w-]+|platform\/\w+\/policy|capabilities\/[\w-]+\/policy)\.ts$/
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const turn = /\?turn=\d+$/.exec(context.parentURL ?? '')?.[0]
    return turn && rules.test(found.url) ? { ...found, url: found.url + turn } : found
  },
  load(url, context, next) {
    if (mutant && url === `${pathToFileURL(`${root}/${mutant.file}`).href}?turn=${mutant.at}`)
      return { format: 'module-typescript', source: mutant.text, shortCircuit: true }
    return next(url, context)
  },
})
const files = globSync('src/{capabilities,platform}/*/policy.ts', { cwd: root }).sort()

process.on('message', async (told: Told) => {
  mutant = told.file === '' ? undefined : told
  const load = (file: string) => import(`${pathToFileURL(`${root}/${file}`).href}?turn=${told.at}`)
  try {
    await judge(load, files, mutant?.file)
    process.send?.({ at: told.at })
  } catch (error) {
    process.send?.({ at: told.at, why: String((error as Error).message).split('\n')[0] || 'differs' })
  }
})
process.send?.({ at: -1 })
