import { takeSlot } from '#capabilities/cases/server/index.ts'
import { digits } from '#platform/crypto/random.ts'
import { requireFresh } from '#platform/http/fresh.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import { justice } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { type LeadContent, sealAt } from '../sealed.ts'
import * as store from '../store.ts'
import { close, isClosedTo } from './bars.ts'
import { leadFacts, movesOf, termsOf } from './lead.ts'

type Facts = Awaited<ReturnType<typeof leadFacts>>
const contentOf = ({ title, content, conditions, case: of }: LeadContent): string =>
  JSON.stringify({ title, content, conditions, case: of })

/** A lead has keys of its own, in a slot of the store as a case has one. */
export const makeLead = handle(justice.makeLead, policy, {
  caseOf: (_, { body }) => body.id,
  run: async ({ tx, actor, services, key, input: { body }, note }) => {
    note({ basis: body.id, case: undefined })
    const slot = await takeSlot(tx, services.keys)
    const sealing = key(body.id, slot, 'INV')
    const reference = `L-${digits(5)}-${digits(5)}`
    await store.insertLead(tx, {
      id: body.id,
      country: actor.country,
      organisation_id: actor.organisation,
      reference,
      about: [...body.about],
      source_grade: body.sourceGrade,
      information_grade: body.informationGrade,
      handling: body.handling,
      key_slot: slot,
      made_by: actor.user,
    })
    const of = { lead_id: body.id, organisation_id: actor.organisation }
    await store.insertContent(tx, { ...of, sealed: sealAt(sealing, 'content', body.id, contentOf(body)) })
    if (body.source) await store.putSource(tx, { ...of, sealed: sealAt(sealing, 'source', body.id, body.source) })
    await store.putTerms(tx, body.id, actor.organisation, termsOf(services.keys, body))
    await close(tx, actor, body.id, body.closedTo ?? [], at => `closedTo.${at}.account`)
    return { id: body.id, reference }
  },
})

export const changeLead = handle(justice.changeLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, services, key, input: { params, body, version }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    if (!movesOf(actor, row).includes('change')) throw new Problem('not-now')
    requireFresh(
      await store.changeLead(tx, row.id, version, {
        about: [...body.about],
        source_grade: body.sourceGrade,
        information_grade: body.informationGrade,
        handling: body.handling,
      }),
    )
    const sealing = key(row.id, row.key_slot, 'INV')
    const of = { lead_id: row.id, organisation_id: row.organisation_id }
    await store.changeContent(tx, row.id, sealAt(sealing, 'content', row.id, contentOf(body)))
    await store.putSource(tx, { ...of, sealed: sealAt(sealing, 'source', row.id, body.source ?? '') })
    await store.putTerms(tx, params.lead, row.organisation_id, termsOf(services.keys, body))
    // What may no longer leave the body is with no prosecutor from now on.
    if (body.handling !== 'prosecution')
      for (const share of await store.listShares(tx, row.id))
        if (share.ended_at === null) await store.endLeadShare(tx, share.id, row.id)
    return { id: row.id, version: version + 1 }
  },
})

export const addLeadNote = handle(justice.addLeadNote, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, key, input: { body }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    await store.insertNote(tx, {
      id: body.id,
      lead_id: row.id,
      organisation_id: row.organisation_id,
      sealed: sealAt(key(row.id, row.key_slot, 'INV'), 'note', body.id, body.text),
      by_account: actor.user,
    })
    return { id: body.id }
  },
})

export const assignLead = handle(justice.assignLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, input: { body, version }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    if (!movesOf(actor, row).includes('assign')) throw new Problem('not-now')
    const people = await store.listPeople(tx)
    const colleague = people.some(
      one => one.account === body.account && one.role === 'investigator' && one.organisation === row.organisation_id,
    )
    if (!colleague || (await isClosedTo(tx, row.id, body.account)))
      throw new Problem('invalid-input', [{ field: 'account', code: 'not-offered' }])
    requireFresh(await store.changeLead(tx, row.id, version, { investigator: body.account }))
    return { id: row.id, version: version + 1 }
  },
})

export const moveLead = handle(justice.moveLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, input: { body, version }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined, reason: body.to })
    const move = ({ 'in-work': 'take-up', closed: 'close', open: 'reopen' } as const)[body.to]
    if (!movesOf(actor, row).includes(move)) throw new Problem('not-now')
    if ((body.to === 'closed') !== (body.reason !== undefined))
      throw new Problem('invalid-input', [{ field: 'reason', code: body.reason ? 'wrong' : 'required' }])
    requireFresh(
      await store.changeLead(tx, row.id, version, {
        status: body.to,
        closed_for: body.reason ?? null,
        ...(body.to === 'in-work' && !row.investigator ? { investigator: actor.user } : {}),
      }),
    )
    return { id: row.id, version: version + 1 }
  },
})

export const shareLead = handle(justice.shareLead, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, actor, facts, input: { body }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    if (!movesOf(actor, row).includes('share')) throw new Problem('not-now')
    const people = await store.listPeople(tx)
    const prosecutor = people.some(one => one.account === body.account && one.role === 'prosecutor')
    if (!prosecutor || (await isClosedTo(tx, row.id, body.account)))
      throw new Problem('invalid-input', [{ field: 'account', code: 'not-offered' }])
    await store.shareLead(tx, body.id, row.id, body.account, body.source)
    return { id: body.id }
  },
})

export const endLeadShare = handle(justice.endLeadShare, policy, {
  facts: ({ read, actor, input: { params } }) => leadFacts(read, actor, params.lead),
  caseOf: (_, { params }) => params.lead,
  run: async ({ tx, facts, input: { params }, note }) => {
    const { row } = facts as Facts
    note({ basis: row.id, case: undefined })
    if ((await store.endLeadShare(tx, params.share, row.id)) === 0) throw new Problem('not-found')
    return { id: params.share }
  },
})
