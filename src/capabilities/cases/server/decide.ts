import type { Out } from '#platform/contract/operation.ts'
import { requireNone } from '#platform/contract/shapes-said.ts'
import { type MoveNeed, reconsideringStates } from '#platform/country/procedure.ts'
import { handle } from '#platform/http/handle.ts'
import { type FieldError, Problem } from '#platform/problem/problem.ts'
import { cases } from '../contract.ts'
import { policy } from '../policy.ts'
import { addToTimeline, caseFacts } from './folder.ts'
import { applyMove, requireProcedureMove } from './procedure/apply.ts'
import { earlierDeciders } from './procedure/earlier.ts'
import { insertDecision, listCitable } from './procedure/store.ts'
import { sealAt } from './sealed.ts'
import * as store from './store.ts'

/**
 * The decision that is next in the country's procedure, of the reasonable grounds, the conclusive grounds, or either of
 * them once more. It needs what the country says; a positive one always act and purpose, and for an adult at least one
 * means (Palermo Protocol, article 3; for a child means are not needed). A negative one and every reconsideration
 * wait for a second person.
 */
export const decide = handle(cases.decide, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ tx, actor, services, facts, key, input: { params, body, version }, now, note }) => {
    const move = requireProcedureMove(services, actor, facts, `decide-${body.outcome}`)
    const row = await store.getFolder(tx, params.case)
    const again = reconsideringStates.includes(facts.folder.identification)
    if (again && (await earlierDeciders(tx, params.case)).anyPart.has(actor.user)) throw new Problem('same-person')
    requireNone(missingOf(move.needs, body, row.child))
    const evidence = body.evidence ?? []
    if (evidence.length > 0) {
      const citable = new Set((await listCitable(tx, params.case)).map(one => `${one.kind} ${one.id}`))
      requireNone(
        evidence.flatMap(({ kind, id }, at) =>
          citable.has(`${kind} ${id}`) ? [] : [{ field: `evidence.${at}.id`, code: 'not-offered' }],
        ),
      )
    }
    const proposed = move.needs.includes('second-person')
    const kind = again ? 'reconsideration' : move.stage!
    const sealing = key(params.case, row.key_slot, 'STA')
    await applyMove({ tx, actor, services, row, move, version, at: now, now })
    await insertDecision(tx, {
      id: body.id,
      case_id: params.case,
      kind,
      stage: move.stage!,
      outcome: body.outcome,
      elements: [...body.acts, ...body.means, ...body.exploitations],
      sealed_reasons: sealAt(sealing, 'reasons', body.id, body.reasons),
      evidence: evidence.map(one => one.id),
      sealed_grounds: sealAt(sealing, 'grounds', body.id, JSON.stringify({ grounds: body.grounds, evidence })),
      organisation_id: actor.organisation,
      state: proposed ? 'proposed' : 'confirmed',
      by_account: actor.user,
      at: now,
    })
    await addToTimeline(tx, actor, params.case, `case.${kind}-decided`, { outcome: body.outcome, stage: move.stage! })
    note({ reason: kind })
    return { id: params.case, version: version + 1 }
  },
})

type Body = Out<typeof cases.decide.body>
/** What the country asks for and was not given. */
function missingOf(needs: readonly MoveNeed[], body: Body, child: boolean): FieldError[] {
  const { acts, means, exploitations, grounds } = body
  const missing: FieldError[] = []
  const required = (field: string, there: boolean, code = 'required') => {
    if (!there) missing.push({ field, code })
  }
  if (needs.includes('elements')) {
    required('acts', acts.length > 0)
    required('means', means.length > 0 || child, 'child-means')
    required('exploitations', exploitations.length > 0)
  }
  if (needs.includes('grounds')) {
    required('grounds.act', grounds !== undefined)
    required('grounds.means', grounds?.means !== undefined || child)
    required('grounds.purpose', grounds !== undefined)
  }
  if (needs.includes('evidence')) required('evidence', (body.evidence?.length ?? 0) > 0)
  return missing
}
