import { addToTimeline } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { health } from '../contract.ts'
import { policy } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { sealNote } from './sealed.ts'
import * as store from './store.ts'

/** A note is added and never changed; of two who correct the same one, the later is told, and corrects what stands. */
export const write = handle(health.write, policy, {
  ...ofCase,
  run: async ({ tx, actor, key, input: { params, body }, now, ...context }) => {
    const { row, folder } = loaded(context.facts)
    if (folder.status === 'closed') throw new Problem('not-now')
    if (body.corrects !== undefined) {
      const wrong = await store.findOwn(tx, params.case, actor.organisation, body.corrects)
      if (!wrong) throw new Problem('invalid-input', [{ field: 'corrects', code: 'not-offered' }])
      if (wrong.corrected !== null) throw new Problem('conflict')
    }
    await store.insertNote(tx, {
      id: body.id,
      case_id: params.case,
      organisation_id: actor.organisation,
      about: body.about,
      sealed: sealNote(key(params.case, row.key_slot, 'HLT'), body.id, body.text),
      corrects: body.corrects ?? null,
      by_account: actor.user,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, 'health.noted', {})
    return { id: body.id }
  },
})
