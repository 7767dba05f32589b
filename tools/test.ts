import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Every gate of the design, in the order in which they find mistakes soonest. `npm test -- specs` runs one by name.
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const scratch = await mkdtemp(join(tmpdir(), 'samaan-gates-'))
const env = {
  ...process.env,
  SAMAAN_TEST_CLUSTER: join(scratch, 'postgres'),
  // Hundreds of processes read the same sources.
  NODE_COMPILE_CACHE: join(scratch, 'compiled'),
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  PATH: `${bin}:${process.env.PATH}`,
}

interface Outcome {
  readonly ok: boolean
  readonly passed?: number
  readonly failed?: number
}
interface Gate {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

const command = (program: string, args: readonly string[], cwd = root): Promise<Outcome> =>
  new Promise(resolve => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => resolve({ ok: false }))
    child.on('exit', code => resolve({ ok: code === 0 }))
  })

/** Runs spec files with node's own runner; its closing counts are added up. */
const specs = (files: readonly string[], concurrency: number): Promise<Outcome> =>
  new Promise(resolve => {
    const args = [
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-timeout=600000',
      '--test-reporter=dot',
      '--test-reporter-destination=stdout',
      '--test-reporter=spec',
      `--test-reporter-destination=${join(scratch, 'report.txt')}`,
      ...files,
    ]
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('exit', async code => {
      const report = await readFile(join(scratch, 'report.txt'), 'utf8').catch(() => '')
      const count = (word: string) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0)
      if (code !== 0) process.stdout.write(`${report.slice(report.indexOf('failing tests')).slice(0, 20_000)}\n`)
      resolve({
        ok: code === 0 && count('pass') > 0,
        passed: count('pass'),
        failed: count('fail') + count('cancelled'),
      })
    })
  })
/** As many at a time as there are processors, and two at least: there is always one that waits for a disk or a page. */
const beside = Math.max(2, cpus().length)
const found = (...patterns: string[]) => patterns.flatMap(one => globSync(one, { cwd: root })).sort()

/** Debian's chromium by apt where this is root and it is absent; otherwise one line that says what to install. */
async function browser(): Promise<Outcome> {
  if (existsSync('/usr/bin/chromium')) return { ok: true }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    return command('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  console.error('Install chromium first, for example: sudo apt-get install chromium')
  return { ok: false }
}

/** The lock file alone must bring everything: an empty tree, no scripts. */
async function cleanInstall(): Promise<Outcome> {
  const tree = join(scratch, 'tree')
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) await cp(join(root, file), join(tree, file))
  return command('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], tree)
}

const gates: readonly Gate[] = [
  { name: 'types', run: () => command(join(bin, 'tsc'), ['-p', 'tsconfig.json']) },
  { name: 'biome', run: () => command(join(bin, 'biome'), ['check', '--error-on-warnings', '.']) },
  { name: 'unused', run: () => command(join(bin, 'knip'), []) },
  { name: 'specs', run: () => specs(found('src/**/*.spec.ts', 'tests/**/*.spec.ts'), beside) },
  { name: 'chromium', run: browser },
  { name: 'journeys', run: () => specs(found('e2e/**/*.spec.ts'), 2) },
  { name: 'clean install', run: cleanInstall },
]

const wanted = process.argv.slice(2)
let passed = 0
let failed = 0
try {
  for (const gate of gates) {
    if (wanted.length > 0 && !wanted.includes(gate.name)) continue
    const begun = Date.now()
    process.stdout.write(`\n── ${gate.name}\n`)
    const outcome = await gate.run()
    passed += outcome.passed ?? (outcome.ok ? 1 : 0)
    failed += outcome.failed || (outcome.ok ? 0 : 1)
    process.stdout.write(
      `── ${gate.name}: ${outcome.ok ? 'passed' : 'FAILED'} (${Math.round((Date.now() - begun) / 1000)} s)\n`,
    )
  }
} finally {
  const { removeCluster } = await import('#platform/db/cluster.ts')
  await removeCluster(env.SAMAAN_TEST_CLUSTER)
  await rm(scratch, { recursive: true, force: true })
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 ? 1 : 0)
