import { termsAgain } from '#capabilities/cases/server/index.ts'
import { eventInsert } from '#platform/audit/record.ts'
import { loadPacks } from '#platform/country/load.ts'
import { KeyError, Keys } from '#platform/crypto/keys.ts'
import { uuidv7 } from '#platform/crypto/random.ts'
import { inTransaction, pool, statementOf, type Tx } from '#platform/db/context.ts'
import type { Services } from '#platform/http/services.ts'
import { type Command, operatorConfig, reach } from './command.ts'
import { countUnheld, insertMatchTerms, lockUnheld } from './store.ts'

/** Cases in one transaction: what who edits an identity meanwhile waits for, and what is lost when it is stopped. */
const most = 100
const first = '00000000-0000-0000-0000-000000000000'

/** That the key of a case was used, by whom, and what for; in the log of that case. */
function writeDown(tx: Tx, caseId: string): Promise<number> {
  const { text, values } = eventInsert({
    id: uuidv7(),
    at: new Date().toISOString(),
    actor: null,
    role: 'operator',
    organisation: null,
    operation: 'operator.casesIndex',
    event: 'case.indexed',
    case: caseId,
    compartments: ['ID'],
    purpose: 'administration',
    basis: null,
    outcome: 'done',
    request: uuidv7(),
  })
  return tx.run(statementOf(text, values))
}

/**
 * Holds every case against the others whose person is held against nobody yet. May be repeated and stopped at any time.
 * @param owner connections of the owner of the tables: no role of the application reads or writes what it compares by
 * @returns how many are held against others now, and how many could not be: their key is gone
 */
export async function indexCases(
  owner: ReturnType<typeof pool>,
  services: Pick<Services, 'keys' | 'packs'>,
  say: (line: string) => void,
): Promise<{ held: number; closed: number }> {
  const all = await inTransaction(owner, undefined, countUnheld)
  const done = { held: 0, closed: 0 }
  let looked = 0
  for (let after: string | undefined = first; after !== undefined; ) {
    const from: string = after
    after = await inTransaction(owner, undefined, async tx => {
      const found = await lockUnheld(tx, from, most)
      for (const one of found) {
        try {
          const terms = termsAgain(services, one)
          // A first name alone is compared with nobody; the case is looked at again the next time.
          if (terms.length === 0) continue
          await insertMatchTerms(tx, one.id, terms)
        } catch (error) {
          if (!(error instanceof KeyError)) throw error
          done.closed += 1
          continue
        }
        await writeDown(tx, one.id)
        done.held += 1
      }
      looked += found.length
      return found.at(-1)?.id
    })
    if (after !== undefined) say(`${looked} of ${all} …`)
  }
  return done
}

/** `samaan cases index`: makes the terms of cases that were recorded before there were any. */
const index: Command = async (_args, say) => {
  const config = operatorConfig()
  const keys = await Keys.open(config.keysFolder)
  const database = await reach(config, say)
  const owner = pool(database.urls.owner, 1, 'samaan-index')
  try {
    const { held, closed } = await indexCases(owner, { keys, packs: await loadPacks(config.countriesFolder) }, say)
    say(`${held} cases can be compared with others now.`)
    if (closed > 0) say(`${closed} cannot be: their keys are not in this store.`)
    return 0
  } finally {
    await owner.end().catch(() => {})
    await database.leave()
    keys.close()
  }
}
export default index
