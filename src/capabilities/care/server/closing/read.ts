import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { care } from '../../contract.ts'
import type { Closure, Open } from '../../contract-closing.ts'
import { policy } from '../../policy.ts'
import { type Loaded, loaded, ofCase } from '../facts.ts'
import { boxOf } from '../sealed.ts'
import { leftOpen } from './left-open.ts'
import * as store from './store.ts'

export const closing = handle(care.closing, policy, {
  ...ofCase,
  run: async ({ read, actor, key, input: { params }, ...context }) => {
    const facts = loaded(context.facts)
    const box = boxOf(key, facts.row)
    const rows = await store.listClosures(read, params.case)
    const mayPropose = policy['care.propose-closure'](actor, facts).allow
    return {
      items: rows.map(one => ({
        id: one.id,
        reason: one.reason as Closure['reason'],
        planned: one.planned,
        lastContactOn: one.last_contact_on,
        state: one.state as Closure['state'],
        reasons: box.open<string>('closure', one.id, one.sealed_reasons),
        leftOpen: one.left_open as unknown as Open[],
        by: one.by_account,
        byName: one.by_name ?? '',
        at: one.at.toISOString(),
        secondName: one.second_name,
        secondAt: one.second_at?.toISOString() ?? null,
        reopenedName: one.reopened_name,
        reopenedAt: one.reopened_at?.toISOString() ?? null,
        ...(one.sealed_reopening ? { reopening: box.open<string>('reopening', one.id, one.sealed_reopening) } : {}),
        version: one.version,
      })),
      open: mayPropose && facts.folder.status === 'opened' ? await leftOpen(read, params.case) : [],
      moves: movesOf(actor, facts, rows),
    }
  },
})

function movesOf(actor: Actor, facts: Loaded, rows: readonly store.ClosureRow[]): string[] {
  const waiting = rows.find(one => one.state === 'proposed')
  const { status } = facts.folder
  const may = {
    propose: status === 'opened' && !waiting && policy['care.propose-closure'](actor, facts).allow,
    second:
      status === 'opened' &&
      waiting !== undefined &&
      policy['care.second-closure'](actor, { ...facts, proposedBy: waiting.by_account }).allow,
    reopen:
      status === 'closed' && rows.some(one => one.state === 'approved') && policy['care.reopen'](actor, facts).allow,
  }
  return Object.entries(may).flatMap(([move, yes]) => (yes ? [move] : []))
}
