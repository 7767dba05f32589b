import { auditVerdict } from '#platform/audit/verify.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { pool } from '#platform/db/context.ts'
import { auditLog } from '#platform/jobs/jobs.ts'
import { type Command, operatorConfig, reach } from './command.ts'

/** `samaan audit verify`: exit 0 when every event stands as it was signed, 1 naming the first that does not. */
const verify: Command = async (_args, say) => {
  const config = operatorConfig()
  const keys = await Keys.open(config.keysFolder)
  const database = await reach(config, say)
  const connections = pool(database.urls.dump, 1, 'samaan-audit')
  try {
    const client = await connections.connect()
    const { origin, folder } = auditLog(config)
    const options = { origin, checkpointFolder: folder, publicKey: keys.auditKey().publicKey }
    const verdict = await auditVerdict(client, options, checked => {
      if (checked % 102_400 === 0) say(`${checked} events checked …`)
    }).finally(() => client.release())
    say(`${verdict.size} events, root ${verdict.root}`)
    say(
      `${verdict.anchored} of them under a checkpoint kept outside the database, ${verdict.unsequenced} not numbered yet`,
    )
    if (verdict.ok) {
      say('The audit is whole.')
      return 0
    }
    const { leaf, id, why } = verdict.firstBad!
    say(`The audit is NOT whole. First bad event: number ${leaf}, ${id ?? 'no event'}, ${why}`)
    return 1
  } finally {
    await connections.end().catch(() => {})
    await database.leave()
    keys.close()
  }
}
export default verify
