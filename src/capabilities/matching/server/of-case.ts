import { namesOf } from '#platform/auth/server/accounts/store.ts'
import { handle } from '#platform/http/handle.ts'
import { type Link, type Merge, matching } from '../contract.ts'
import { policy } from '../policy.ts'
import { pairOf } from './both.ts'
import { openWords } from './sealed.ts'
import * as store from './store.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null

/** Other records of this person and cases that belong to it, as far as the reader has a right to each. */
export const ofCase = handle(matching.ofCase, policy, {
  facts: async ({ read, input: { params } }) => ({ holds: await store.holds(read, params.case) }),
  run: async ({ read, actor, key, input: { params }, note }) => {
    const id = params.case
    const [told, merges, links, lead] = await Promise.all([
      store.listTold(read, id),
      store.listMerges(read, id),
      store.listLinks(read, id),
      store.findLead(read, id),
    ])
    const [folders, names] = await Promise.all([
      store.foldersOf(read, [
        ...merges.flatMap(one => [one.lead_case, one.away_case]),
        ...links.flatMap(one => [one.case_a, one.case_b]),
      ]),
      namesOf(read, [
        ...merges.flatMap(one => [one.by_account, one.second_by, one.undone_by]),
        ...links.map(one => one.by_account),
      ]),
    ])
    const named = (one: string) => ({ id: one, reference: folders.get(one)?.reference ?? '' })
    const nameOf = (one: string | null) => (one && names.get(one)) ?? null
    const sta = (one: string) => key(one, folders.get(one)!.slot, 'STA')
    const others = [
      ...told.flatMap(one => one.other ?? []),
      ...merges.flatMap(one => [one.lead_case, one.away_case]),
      ...links.flatMap(one => [one.case_a, one.case_b]),
    ]
    note({
      basis: id,
      count: told.length + merges.length + links.length,
      // Where nothing is told, nothing was read that the reading of the case itself does not say.
      concerns: told.length + others.length === 0 ? [] : pairOf('joined', id, ...others),
    })
    return {
      another: told.some(one => one.other === null),
      same: told.flatMap(one => (one.other ? [{ id: one.other, reference: one.reference ?? '' }] : [])),
      lead: lead ?? null,
      merges: merges.map(row => {
        const words = (place: 'merge' | 'undo', sealed: Buffer | null) =>
          sealed ? openWords(sta(row.lead_case), place, row.id, sealed) : null
        const moves: Merge['moves'] = []
        if (row.state === 'proposed' && row.by_account !== actor.user) moves.push('answer')
        if (row.state === 'standing') moves.push('undo')
        return {
          id: row.id,
          lead: named(row.lead_case),
          away: named(row.away_case),
          state: row.state as Merge['state'],
          reason: words('merge', row.sealed),
          byName: nameOf(row.by_account) ?? '',
          at: row.at.toISOString(),
          secondName: nameOf(row.second_by),
          secondAt: iso(row.second_at),
          undoneName: nameOf(row.undone_by),
          undoneAt: iso(row.undone_at),
          undoReason: words('undo', row.sealed_undo),
          moves,
          version: row.version,
        }
      }),
      links: links.map(row => ({
        id: row.id,
        other: named(row.case_a === id ? row.case_b : row.case_a),
        kind: row.kind as Link['kind'],
        note: row.sealed ? openWords(sta(row.case_a), 'link', row.id, row.sealed) : null,
        byName: nameOf(row.by_account) ?? '',
        at: row.at.toISOString(),
        version: row.version,
      })),
    }
  },
})
