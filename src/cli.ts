import { ConfigError } from '#platform/config/config.ts'
import type { Command } from './operator/command.ts'

const commands: Readonly<Record<string, () => Promise<{ default: Command }>>> = {
  'audit verify': () => import('./operator/audit-verify.ts'),
  'keys create': () => import('./operator/keys-create.ts'),
  'keys rotate': () => import('./operator/keys-rotate.ts'),
  identity: () => import('./operator/identity.ts'),
  backup: () => import('./operator/backup.ts'),
  restore: () => import('./operator/restore.ts'),
  'cases index': () => import('./operator/cases-index.ts'),
  'admin create': () => import('./operator/admin-create.ts'),
}

/** `samaan <command> [options]`. Exit 0: done; 1: it was tried and did not succeed; 2: the call is wrong. */
async function main(words: readonly string[]): Promise<number> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find(one => commands[one])
  if (!name) {
    process.stderr.write(
      `usage: samaan <command>\n\n${Object.keys(commands)
        .map(one => `  ${one}\n`)
        .join('')}`,
    )
    return 2
  }
  const { default: command } = await commands[name]!()
  return command(words.slice(name.split(' ').length), line => process.stdout.write(`${line}\n`))
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    const wrong = error instanceof ConfigError || (error as { code?: string })?.code?.startsWith('ERR_PARSE_ARGS')
    for (const line of error instanceof ConfigError ? error.lines : [error?.message ?? String(error)])
      process.stderr.write(`${line}\n`)
    process.exit(wrong ? 2 : 1)
  },
)
