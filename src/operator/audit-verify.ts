import pg from 'pg'
import { auditVerdict } from '#platform/audit/verify.ts'
import { Keys } from '#platform/crypto/keys.ts'
import { auditLog } from '#platform/jobs/jobs.ts'
import { type Command, operatorConfig, reach } from './command.ts'

/** `samaan audit verify`: exit 0 when every event stands as it was signed, 1 naming the first that does not. */
const verify: Command = async (_args, say) => {
  const config = operatorConfig()
  const keys = await Keys.open(config.keysFolder)
  const database = await reach(config, say)
  const client = new pg.Client({ connectionString: database.urls.dump })
  try {
    await client.connect()
    const { origin, folder } = auditLog(config)
    const options = { origin, checkpointFolder: folder, publicKey: keys.auditKey().publicKey }
    const verdict = await auditVerdict(client, options, checked => {
      if (checked % 102_400 === 0) say(`${checked} events checked …`)
    })
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
    await client.end().catch(() => {})
    await database.leave()
    keys.close()
  }
}
export default verify
