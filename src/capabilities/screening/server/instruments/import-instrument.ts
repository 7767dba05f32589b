import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { screening } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { findShipped } from './find.ts'
import { readSheet, told } from './read-sheet.ts'
import * as store from './store.ts'

/** Keeps a spreadsheet as a draft of the country, when nothing is wrong with it. Nobody uses a draft. */
export const importInstrument = handle(screening.importInstrument, policy, {
  run: async ({ tx, actor, services, language, input: { body }, now, note }) => {
    const { instrument, flaws, warnings } = await readSheet(actor.user, body.sheet)
    const words = services.words(language)
    const rest = { flaws: told(words, flaws), warnings: told(words, warnings) }
    if (!instrument) {
      note({ reason: 'flawed' })
      return { draft: null, ...rest }
    }
    const { id: code, version } = instrument.form
    const before = await store.find(tx, actor.country, code, version)
    // What people have used stays as they used it: a change is another version.
    if (findShipped(code)?.row.version === version || (before && before.status !== 'draft'))
      throw new Problem('already-exists', [{ field: 'sheet', code: 'version-used' }])
    if (!before) await store.insertDraft(tx, actor.country, instrument, actor.user)
    else if ((await store.replaceDraft(tx, before, instrument, actor.user, now)) === 0) throw new Problem('conflict')
    return { draft: { code, version, revision: before ? before.revision + 1 : 1 }, ...rest }
  },
})
