import type { KeyOf } from '#capabilities/cases/server/index.ts'
import { fileHanded } from '#capabilities/health/server/index.ts'
import { equal } from '#platform/crypto/hash.ts'
import { handle } from '#platform/http/handle.ts'
import type { Actor } from '#platform/policy/decide.ts'
import { notFound, Problem } from '#platform/problem/problem.ts'
import { justice } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { handedIn, receiptsShown } from '../orders/view.ts'
import { openOrder, sealAt } from '../sealed.ts'
import * as store from '../store.ts'
import { contentOf, handedFacts } from './handed.ts'

type Facts = Awaited<ReturnType<typeof handedFacts>>

/** What was handed to the reader and stands. */
export const handed = handle(justice.handed, policy, {
  run: async ({ read, actor, key, note }) => {
    const [orders, interests, agreed] = await Promise.all([
      store.listOrdersFor(read),
      store.listInterestsFor(read),
      store.listAgreedFor(read),
    ])
    const references = await store.referencesOf(
      read,
      [...orders, ...interests].map(one => one.case_id),
    )
    const seen = <Row extends { case_id: string; live: boolean }>(rows: readonly Row[]) =>
      rows.filter(row => row.live && references.has(row.case_id))
    const items = [
      ...seen(orders).map(row => ({
        id: row.id,
        basis: 'order' as const,
        reference: references.get(row.case_id)!,
        ...openOrder(key(row.case_id, row.key_slot, 'STA'), 'order', row.id, row.sealed),
        compartments: handedIn(row.compartments),
        purposes: row.purposes as ('investigation' | 'prosecution' | 'protection')[],
        until: row.until_at.toISOString(),
      })),
      ...seen(interests)
        .filter(row => row.account_id === actor.user)
        .map(row => ({
          id: row.id,
          basis: 'vital-interest' as const,
          reference: references.get(row.case_id)!,
          court: null,
          number: null,
          compartments: handedIn(row.compartments),
          purposes: ['protection' as const],
          until: (row.state === 'upheld'
            ? row.until_at
            : new Date(Math.min(row.until_at.getTime(), row.at.getTime() + 86_400_000))
          ).toISOString(),
        })),
      ...agreed.map(row => ({
        id: row.id,
        basis: 'consent' as const,
        reference: row.reference,
        court: null,
        number: null,
        compartments: handedIn(row.compartments),
        purposes: ['prosecution' as const],
        until: row.until_at.toISOString(),
      })),
    ]
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items }
  },
})

export const receive = handle(justice.receive, policy, {
  facts: ({ read, input: { params } }) => handedFacts(read, params.handed),
  caseOf: ({ handed: found }) => found?.case ?? '',
  run: async context => {
    const { tx, actor, key, input, note } = context
    const { found, opens } = context.facts as Facts
    const { basis, row } = found!
    const { content, hash } = await contentOf({ ...context, read: tx }, row.case_id, opens)
    const sealing = key(row.case_id, row.key_slot, 'STA')
    const id = input.body.id
    await store.insertReceipt(tx, {
      id,
      country: actor.country,
      case_id: row.case_id,
      key_slot: row.key_slot,
      reference: content.reference,
      basis,
      basis_id: row.id,
      compartments: opens,
      hash,
      sealed:
        basis === 'order'
          ? sealAt(sealing, 'receipt', id, JSON.stringify(openOrder(sealing, 'order', row.id, row.sealed)))
          : null,
      account_id: actor.user,
      organisation_id: actor.organisation,
    })
    note({ basis: row.id })
    return { id, hash: hash.toString('hex') }
  },
})

type Reading = Parameters<typeof contentOf>[0] & {
  readonly actor: Actor
  readonly key: KeyOf
  readonly input: { readonly params: { readonly receipt: string } }
  readonly facts: unknown
}
/** What a receipt of the reader's own says, or nothing: what changed since is another handing over. */
async function onReceipt(context: Reading) {
  const { read, actor, input } = context
  const { found, opens } = context.facts as Facts
  const { row } = found!
  const receipt = await store.findReceipt(read, input.params.receipt, row.id)
  if (receipt?.account_id !== actor.user) throw notFound()
  const { content, hash } = await contentOf(context, row.case_id, opens)
  // It is received again, with a receipt of its own.
  if (!equal(hash, receipt.hash)) throw new Problem('conflict')
  return { row, receipt, content }
}

/** Reads by a receipt: what is answered is what the receipt's hash says, or nothing. */
export const readHanded = handle(justice.readHanded, policy, {
  facts: ({ read, input: { params } }) => handedFacts(read, params.handed),
  caseOf: ({ handed: found }) => found?.case ?? '',
  run: async context => {
    const { row, receipt, content } = await onReceipt(context)
    context.note({ basis: row.id })
    return { receipt: receiptsShown(context.key, [receipt])[0]!, content, until: row.until_at.toISOString() }
  },
})

/** Saves a file of what the receipt says: its own decision and audit event each time. */
export const saveHanded = handle(justice.saveHanded, policy, {
  facts: ({ read, input: { params } }) => handedFacts(read, params.handed),
  caseOf: ({ handed: found }) => found?.case ?? '',
  run: async context => {
    const { read, services, key, input, note } = context
    const { row, content } = await onReceipt(context)
    const { file } = input.params
    if (!content.health?.some(one => one.files.some(each => each.id === file))) throw notFound()
    note({ basis: row.id, ids: [file] })
    return fileHanded(read, services, { case: row.case_id, slot: Number(row.key_slot), file }, key)
  },
})

export const receipts = handle(justice.receipts, policy, {
  run: async ({ read, actor, key, input: { query }, note }) => {
    const limit = Number(query.limit ?? 50)
    const rows = await store.listReceiptsOf(read, actor.user, { after: query.after, limit: limit + 1 })
    const items = receiptsShown(key, rows.slice(0, limit))
    note({ count: items.length, ids: items.map(one => one.id) })
    return { items, ...(rows.length > limit ? { next: items.at(-1)!.id } : {}) }
  },
})
