import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { generateIdentity } from '#platform/crypto/sealed-file.ts'
import { type Command, required } from './command.ts'

/** `samaan identity --out <file>`: makes an age identity to open backups with; prints the recipient to seal them to. */
const identity: Command = async (args, say) => {
  const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } })
  const made = await generateIdentity()
  const file = await open(required(values.out, 'out'), 'wx', 0o600)
  await file.writeFile(`${made.identity}\n`)
  await file.close()
  say(`Keep ${values.out} away from this machine. Seal backups to:`)
  say(made.recipient)
  return 0
}
export default identity
