import { Keys } from '#platform/crypto/keys.ts'
import { type Command, operatorConfig } from './command.ts'

/** `samaan keys rotate`: a new root key; every case's secret is wrapped anew, nothing else is touched. */
const rotate: Command = async (_args, say) => {
  const keys = await Keys.open(operatorConfig().keysFolder)
  try {
    say(
      `${await keys.rotateRoot()} is the root key's version now. Make a backup: older backups of the keys still open older data.`,
    )
    return 0
  } finally {
    keys.close()
  }
}
export default rotate
