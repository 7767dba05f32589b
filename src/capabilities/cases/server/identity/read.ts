import type { Read } from '#platform/db/context.ts'
import { handle, type Kept } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { notFound } from '#platform/problem/problem.ts'
import { cases } from '../../contract.ts'
import { mayMove } from '../../flow.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { getFolder } from '../store.ts'
import { openFields } from './fields.ts'
import { saidBy } from './said.ts'
import * as store from './store.ts'

const keepers: ReadonlySet<string> = new Set(['officer', 'intake', 'coordinator'])
/** The cases that somebody made and whose identity they keep on a phone. */
const visible = (read: Read, actor: Actor, limit: number) =>
  keepers.has(actor.role) ? store.listChangeable(read, actor, limit) : Promise.resolve([])

/** Who the person is with the version of each field, for whoever may change it. */
export const identity = handle(cases.identity, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, key, input: { params } }) => {
    const [folder, row, waiting] = await Promise.all([
      getFolder(read, params.case),
      store.findIdentity(read, params.case),
      store.listOpen(read, params.case),
    ])
    if (!row) throw notFound()
    const fields = openFields(key(folder.id, folder.key_slot, 'ID'), folder, row)
    const said = await saidBy(read, Object.values(fields))
    return {
      case: folder.id,
      reference: folder.reference,
      child: folder.child,
      version: row.version,
      fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, said(field)])),
      conflicts: waiting.length,
      open: mayMove(folder.status as never, 'changeIdentity'),
    }
  },
  pull: {
    kind: 'identity',
    visible: async ({ read, actor, limit }): Promise<readonly Kept[]> => visible(read, actor, limit),
  },
})

/** Of the same cases, those in which something waits: so that every phone shows the same, and stops showing it. */
export const visibleConflicts = async (read: Read, actor: Actor, limit: number): Promise<readonly Kept[]> =>
  (await visible(read, actor, limit)).filter(one => one.conflicts > 0)
