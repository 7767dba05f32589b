import { handle } from '#platform/http/handle.ts'
import { type HealthNote, health } from '../contract.ts'
import { policy, treats } from '../policy.ts'
import { loaded, ofCase } from './facts.ts'
import { openNote } from './sealed.ts'
import { fileShown } from './shelf.ts'
import * as store from './store.ts'

export const notes = handle(health.notes, policy, {
  ...ofCase,
  run: async ({ read, actor, key, services, input: { params }, note, ...context }) => {
    const facts = loaded(context.facts)
    const [rows, files] = await Promise.all([store.listNotes(read, params.case), store.listFiles(read, params.case)])
    const opening = key(params.case, facts.row.key_slot, 'HLT')
    const filesOf = Map.groupBy(files, one => one.note_id)
    // Who treats the person reads by that; everybody else by the consent that stands.
    const basis = treats(actor, facts) ? undefined : facts.agreement
    note({ count: rows.length, ...(basis === undefined ? {} : { basis }) })
    return {
      items: await Promise.all(
        rows.map(async row => ({
          id: row.id,
          at: row.at.toISOString(),
          about: row.about as HealthNote['about'],
          text: openNote(opening, row.id, row.sealed),
          corrects: row.corrects,
          organisation: row.organisation ?? '',
          ...(row.organisation_id === actor.organisation && row.name ? { by: row.name } : {}),
          files: await Promise.all(
            (filesOf.get(row.id) ?? []).map(one => fileShown(services.keys, opening, one, actor.organisation)),
          ),
        })),
      ),
      mayWrite: treats(actor, facts) && facts.folder.status !== 'closed',
    }
  },
})
