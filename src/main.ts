import { enableCompileCache } from 'node:module'
import { ConfigError, type Mode, readConfig } from '#platform/config/config.ts'

enableCompileCache()
const option = (name: string): string | undefined =>
  process.argv.find(one => one.startsWith(`--${name}=`))?.slice(name.length + 3)

/**
 * Starts the parts asked for: `--mode=demonstration|production`, `--parts=site,staff,jobs` (all by default), `--samples`
 * for a new demonstration country that is not empty.
 */
async function main(): Promise<void> {
  const mode = (option('mode') ?? 'production') as Mode
  const parts = new Set((option('parts') ?? 'site,staff,jobs').split(','))
  const samples = process.argv.includes('--samples')
  const config = readConfig(process.env, mode)
  const { start } = await import('./start.ts')
  const running = await start({ config, parts, samples, say: line => process.stdout.write(`${line}\n`) })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch(error => {
  // What an operator can mend is said in a line; anything else keeps its place in the code.
  const lines = error instanceof ConfigError ? error.lines : [String(error?.stack ?? error)]
  for (const line of lines) process.stderr.write(`${line}\n`)
  process.exit(1)
})
