import { parseArgs } from 'node:util'
import { linkHours, makeLink } from '#platform/auth/server/accounts/link.ts'
import { endJoins, insertAccount, insertAssignment, insertJoin } from '#platform/auth/server/accounts/store.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool } from '#platform/db/context.ts'
import { migrate } from '#platform/db/migrate.ts'
import { type Command, operatorConfig, reach, required } from './command.ts'
import { invitedAdministrator, organisationNamed } from './store.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * `samaan admin create --name <name> --email <address> --organisation <name> [--language en|es]`: the first
 * administrators of a new installation, who invite everybody else, and the second one where one is left alone. Prints a
 * link that works once; run again for somebody who has not come in yet, another one instead.
 */
const create: Command = async (args, say) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: { type: 'string' },
      email: { type: 'string' },
      organisation: { type: 'string' },
      language: { type: 'string', default: 'en' },
    },
  })
  const config = operatorConfig()
  const database = await reach(config, say)
  const owner = pool(database.urls.owner, 1, 'samaan-admin')
  try {
    await migrate(database.urls.owner)
    const email = required(values.email, 'email')
    const name = required(values.organisation, 'organisation')
    const shown = await inTransaction(owner, undefined, async tx => {
      const invited = await invitedAdministrator(tx, email)
      const account = invited?.id ?? uuidv7()
      const link = makeLink(config, account, new Date())
      const join = { id: uuidv7(), account_id: account, asked_by: nobody, token_hash: link.hash, hours: linkHours }
      if (invited) {
        await endJoins(tx, account)
        await insertJoin(tx, join)
        return link.shown
      }
      const organisation = await organisationNamed(tx, name, config.country)
      await insertAccount(tx, {
        id: account,
        name: required(values.name, 'name'),
        email,
        language: values.language,
        created_by: nobody,
      })
      await insertAssignment(tx, {
        id: uuidv7(),
        account_id: account,
        organisation_id: organisation,
        role: 'administrator',
        country: config.country,
        until: undefined,
        granted_by: null,
      })
      await insertJoin(tx, join)
      return link.shown
    })
    say(`Hand this link to ${values.name}; it works once, until ${shown.expiresAt}:`)
    say(shown.link)
    return 0
  } finally {
    await owner.end()
    await database.leave()
  }
}
export default create
