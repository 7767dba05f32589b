import type { Read, Tx } from '#platform/db/context.ts'
import { handle } from '#platform/http/handle.ts'
import type { Services } from '#platform/http/services.ts'
import { Problem } from '#platform/problem/problem.ts'
import { situation } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { sealOfAction } from '../sealed.ts'
import { endAction, getAction } from './store.ts'

const actionFacts = async (read: Read, id: string) => ({ owner: (await getAction(read, id)).owner_organisation })

async function end(
  tx: Tx,
  { keys }: Services,
  id: string,
  version: number,
  how: { readonly state: 'done' | 'dropped'; readonly by: string; readonly at: Date; readonly words: string },
) {
  const action = await getAction(tx, id)
  if (action.state !== 'open') throw new Problem('not-now')
  const sealed = sealOfAction(keys, id, 'sealed_end', how.words)
  if ((await endAction(tx, id, version, { ...how, sealed })) === 0) throw new Problem('version-stale')
  return { version: version + 1 }
}

export const finishAction = handle(situation.finishAction, policy, {
  facts: ({ read, input }) => actionFacts(read, input.params.action),
  run: ({ tx, actor, services, now, input: { params, body, version } }) =>
    end(tx, services, params.action, version, { state: 'done', by: actor.user, at: now, words: body.what }),
})

/** Only the office lets go of what it asked for. */
export const dropAction = handle(situation.dropAction, policy, {
  run: ({ tx, actor, services, now, input: { params, body, version } }) =>
    end(tx, services, params.action, version, { state: 'dropped', by: actor.user, at: now, words: body.reason }),
})
