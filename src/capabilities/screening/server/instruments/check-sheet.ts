import { handle } from '#platform/http/handle.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { readSheet, told } from './read-sheet.ts'

/** What is wrong with a spreadsheet, or the instrument it holds. Keeps nothing. */
export const checkSheet = handle(screening.checkSheet, policy, {
  run: async ({ actor, services, language, input: { body } }) => {
    const { instrument, flaws, warnings } = await readSheet(actor.user, body.sheet)
    const words = services.words(language)
    return { instrument: instrument ?? null, flaws: told(words, flaws), warnings: told(words, warnings) }
  },
})
