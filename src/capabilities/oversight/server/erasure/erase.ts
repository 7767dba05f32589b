import { removeCopy } from '#platform/files/server/copies.ts'
import { uploadsIn } from '#platform/files/server/folder.ts'
import { handle } from '#platform/http/handle.ts'
import { pagedBy, pageOf } from '#platform/http/paged.ts'
import { Problem } from '#platform/problem/problem.ts'
import { type Erasure, oversight } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { openWords, sealWords } from '../sealed.ts'
import * as base from '../store.ts'
import * as store from './store.ts'

export const listErasures = handle(oversight.listErasures, policy, {
  run: async ({ read, actor, key, input: { query }, note }) => {
    const { limit, paged } = pagedBy(query)
    const { items, ...more } = pageOf(await store.listErasures(read, paged), limit)
    const shells = await base.shellsOf(
      read,
      items.map(one => one.case_id),
    )
    note({ count: items.length, ids: items.map(one => one.id) })
    return {
      items: items.map(row => {
        const shell = shells.get(row.case_id)
        return {
          id: row.id,
          reference: shell?.reference ?? '',
          ground: row.ground as Erasure['ground'],
          text:
            row.sealed_text && shell
              ? openWords(key(row.case_id, shell.slot, 'STA'), 'erasure', row.id, row.sealed_text)
              : null,
          state: row.state as Erasure['state'],
          byName: row.by_name ?? '',
          at: row.at.toISOString(),
          secondName: row.second_name,
          secondAt: row.second_at?.toISOString() ?? null,
          keptBy: row.state === 'proposed' ? (row.kept_by as Erasure['keptBy']) : null,
          answerable: row.state === 'proposed' && row.by_account !== actor.user && row.answers,
          version: row.version,
        }
      }),
      ...more,
    }
  },
})

export const proposeErasure = handle(oversight.proposeErasure, policy, {
  facts: async ({ read, input: { body } }) => {
    const found = await base.findCase(read, body.reference)
    return { found: found && { id: found.case_id, slot: found.slot } }
  },
  caseOf: ({ found }) => found?.id ?? '',
  run: async ({ tx, services, facts: { found }, key, input: { body }, note }) => {
    if (services.keys.slotState(found!.slot) === 'erased') throw new Problem('already-answered')
    const sealed = sealWords(key(found!.id, found!.slot, 'STA'), 'erasure', body.id, body.text)
    await store.proposeErasure(tx, body.id, found!.id, body.ground, sealed)
    note({ basis: body.id, reason: body.ground })
    return { id: body.id }
  },
})

/**
 * The second person's answer. Where it is a yes the key goes last, before the commit: a crash between the two leaves rows that
 * nothing opens and the same answer to be given again; the other way round a key would outlive its case unseen.
 */
export const answerErasure = handle(oversight.answerErasure, policy, {
  facts: async ({ read, input: { params } }) => {
    const row = await store.findErasure(read, params.erasure)
    return {
      erasure: row && { case: row.case_id, by: row.by_account },
      place: row !== undefined && (await base.answersFor(read, row.case_id)),
    }
  },
  caseOf: ({ erasure }) => erasure?.case ?? '',
  run: async ({ tx, services, input: { params, body, version }, note }) => {
    const row = await store.findErasure(tx, params.erasure)
    if (row?.state !== 'proposed') throw new Problem('already-answered')
    if (body.answer === 'confirmed' && row.kept_by !== null) throw new Problem('not-now')
    const done = await store.answerErasure(tx, params.erasure, version, body.answer)
    if (done.touched === 0) throw new Problem('version-stale')
    if (done.slot !== null) {
      const { dataFolder } = services.config
      for (const copy of done.copies ?? []) await removeCopy(dataFolder, copy)
      for (const upload of done.uploads ?? []) await uploadsIn(dataFolder).remove(upload)
      await services.keys.erase(done.slot)
    }
    note({ basis: params.erasure, reason: body.answer })
    return { id: params.erasure, version: version + 1 }
  },
})
