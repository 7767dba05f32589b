import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import type { Job } from '#platform/jobs/jobs.ts'
import { Problem } from '#platform/problem/problem.ts'
import { oversight, type Sealing } from '../contract.ts'
import { policy } from '../policy.ts'
import { openWords, sealWords } from './sealed.ts'
import * as store from './store.ts'

const officer = 'data-protection-officer'

/** Every night: a sealed case that nobody of one side could open any more. Who protects data is told; three days later the side is filled. */
export const sealedAloneJob: Job = {
  name: 'oversight.sealed-alone',
  cron: '47 6 * * *',
  run: async (tx, now) => void (await store.attendSealed(tx, now)),
}

export const listSealings = handle(oversight.listSealings, policy, {
  run: async ({ read, actor, key, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listSealings(read, paged), limit)
    const [shells, names] = await Promise.all([
      store.shellsOf(
        read,
        items.map(one => one.case_id),
      ),
      namesOf(
        read,
        items.flatMap(one => one.named),
      ),
    ])
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(row => {
        const shell = shells.get(row.case_id)
        return {
          id: row.id,
          reference: shell?.reference ?? '',
          action: row.action as Sealing['action'],
          named: row.named.map(account => ({ account, name: names.get(account) ?? '' })),
          reason: row.reason as Sealing['reason'],
          text:
            row.sealed_text && shell
              ? openWords(key(row.case_id, shell.slot, 'STA'), 'sealing', row.id, row.sealed_text)
              : null,
          state: row.state as Sealing['state'],
          by: row.by_account,
          byName: row.by_name ?? '',
          at: row.at.toISOString(),
          secondName: row.second_name,
          secondAt: row.second_at?.toISOString() ?? null,
          aloneSince: row.alone_since?.toISOString() ?? null,
          answerable:
            row.state === 'proposed' &&
            row.by_account !== actor.user &&
            (row.by_role === officer) !== (actor.role === officer),
          version: row.version,
        }
      }),
      ...more,
    }
  },
})

export const proposeSealing = handle(oversight.proposeSealing, policy, {
  facts: async ({ read, actor, input: { body } }) => {
    const found = await store.findCase(read, body.reference)
    const theirs = found && (actor.role === officer || (await store.answersFor(read, found.case_id)))
    return { found: found && theirs ? { id: found.case_id, slot: found.slot } : undefined }
  },
  caseOf: ({ found }) => found?.id ?? '',
  run: async ({ tx, facts: { found }, key, input: { body }, note }) => {
    const known = await namesOf(tx, body.named)
    const wrong = body.named.flatMap((one, at) =>
      known.has(one) ? [] : [{ field: `named.${at}`, code: 'not-offered' }],
    )
    if (wrong.length > 0) throw new Problem('invalid-input', wrong)
    const sealed = sealWords(key(found!.id, found!.slot, 'STA'), 'sealing', body.id, body.text)
    const { id, action, named, reason } = body
    await store.proposeSealing(tx, { id, caseId: found!.id, action, named: [...new Set(named)], reason, sealed })
    note({ basis: id, reason: action })
    return { id }
  },
})

export const answerSealing = handle(oversight.answerSealing, policy, {
  facts: async ({ read, actor, input: { params } }) => {
    const row = await store.findSealing(read, params.sealing)
    return {
      sealing: row && { case: row.case_id, by: row.by_account, byRole: row.by_role, state: row.state },
      place: row !== undefined && actor.role !== officer && (await store.answersFor(read, row.case_id)),
    }
  },
  caseOf: ({ sealing }) => sealing?.case ?? '',
  run: async ({ tx, facts: { sealing }, input: { params, body, version }, note }) => {
    if (sealing!.state !== 'proposed') throw new Problem('already-answered')
    if ((await store.answerSealing(tx, params.sealing, version, body.answer)) === 0) throw new Problem('version-stale')
    note({ basis: params.sealing, reason: body.answer })
    return { id: params.sealing, version: version + 1 }
  },
})
