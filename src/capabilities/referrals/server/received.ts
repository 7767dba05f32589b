import { caseFacts } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import { compartmentsIn } from '#platform/policy/compartments.ts'
import type { Words } from '#platform/words/words.ts'
import { referrals } from '../contract.ts'
import { policy } from '../policy.ts'
import * as store from './store.ts'

export const received = handle(referrals.received, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, services, input: { params, query }, note }) => {
    const rows = await store.listReceived(read, params.case)
    note({ count: rows.length, ids: rows.map(row => row.id) })
    const words = services.words(query.language)
    const { t } = words
    return {
      language: query.language,
      title: t('received.title'),
      lead: t(rows.length === 0 ? 'received.none' : 'received.lead'),
      items: rows.map(row => itemOf(words, row)),
      notes: [t('received.note.back'), t('received.note.services'), t('received.note.phones'), t('received.note.ask')],
    }
  },
})

function itemOf(words: Words, row: store.ReceivedRow) {
  const { t } = words
  const shared = compartmentsIn(row.shared)
  const last = row.last_read && row.reads > 1 ? words.dateTime(row.last_read.toISOString()) : undefined
  return {
    id: row.id,
    organisation: row.organisation,
    shared,
    stands: row.stands,
    what: words.list(shared.map(one => t(`received.part.${one}`))),
    sent: t('received.sent', { when: words.dateTime(row.sent_at.toISOString()) }),
    read: row.first_read
      ? t(last ? 'received.read-again' : 'received.read', {
          when: words.dateTime(row.first_read.toISOString()),
          last: last ?? '',
        })
      : t('received.unread'),
    standing: row.ended_at
      ? t(row.keeps ? 'received.ended-kept' : 'received.ended', { when: words.dateTime(row.ended_at.toISOString()) })
      : t(row.stands ? 'received.stands' : row.keeps ? 'received.kept' : 'received.over'),
  }
}
