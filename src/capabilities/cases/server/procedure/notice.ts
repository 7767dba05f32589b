import type { CountryPack } from '#platform/country/pack.ts'
import type { Letter } from '#platform/documents/letter.ts'
import { isSettable, renderLetter } from '#platform/documents/pdf.ts'
import { handle } from '#platform/http/handle.ts'
import { Problem } from '#platform/problem/problem.ts'
import type { Words } from '#platform/words/words.ts'
import { cases } from '../../contract.ts'
import { policy } from '../../policy.ts'
import { caseFacts } from '../folder.ts'
import { openIdentityRow } from '../identity/fields.ts'
import { findIdentity } from '../identity/store.ts'
import { getFolder } from '../store.ts'
import { procedureFor } from './apply.ts'
import { type DecisionRow, listClocks, listDecisions } from './store.ts'

/**
 * What was decided, for the person, in their language: by which body, what it means, what they can ask for and until
 * when. Only of a decision that stands. Nobody is named in it but the person, and they only where that is open to the
 * reader.
 */
export const decisionNotice = handle(cases.decisionNotice, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async ({ read, actor, services, decision, key, input: { params }, now }) => {
    const row = await getFolder(read, params.case)
    const found = (await listDecisions(read, params.case)).find(one => one.id === params.decision)
    if (!found) throw new Problem('not-found')
    const { stage, outcome } = found
    const state = outcome === 'positive' ? stage : `no-${stage}`
    const notice = procedureFor(services, actor).notices.find(one => one.state === state)
    if (found.state !== 'confirmed' || !notice) throw new Problem('not-now')
    const until = (await listClocks(read, params.case)).filter(
      one => one.kind === notice.until && one.stopped_at === null && one.paused_at === null,
    )
    const sealed = decision.permits(row.id, 'ID') ? await findIdentity(read, row.id) : undefined
    const who = sealed ? openIdentityRow(key(row.id, row.key_slot, 'ID'), row.id, sealed.sealed) : {}
    const name = [who.givenName, who.familyName].filter(Boolean).join(' ')
    const pack = services.packs.get(actor.country)!
    const letter = letterOf(services.words(params.language), params.language, pack, {
      decision: found,
      reference: row.reference,
      until: until.at(-1)?.due_at,
      name: isSettable(name) ? name : '',
      body: found.body ?? '',
    })
    return { name: `decision-${row.reference}-${params.language}.pdf`, bytes: await renderLetter(letter, now) }
  },
})

interface About {
  readonly decision: DecisionRow
  readonly reference: string
  readonly until: Date | undefined
  readonly name: string
  readonly body: string
}
function letterOf({ t }: Words, language: string, pack: CountryPack, about: About): Letter {
  const { decision, reference, until, name, body } = about
  const { stage, outcome } = decision
  // The day by the country's own calendar, wherever the server stands.
  const dayOf = (at: Date | undefined) =>
    at
      ? new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: pack.timeZone.value ?? 'UTC' }).format(at)
      : 'none'
  const day = dayOf(until)
  const positive = outcome === 'positive'
  return {
    language,
    title: t('notice.title'),
    from: body,
    mark: pack.demonstration ? t('notice.mark') : null,
    about: [
      ...(name ? [t('notice.for', { name })] : []),
      t('notice.reference', { reference }),
      t('notice.day', { day: dayOf(decision.second_at ?? decision.at) }),
    ],
    parts: [
      {
        title: t('notice.decided'),
        lines: [
          t(`notice.decided.${stage}.${outcome}`),
          ...(decision.kind === 'reconsideration' ? [t('notice.again')] : []),
        ],
      },
      {
        title: t('notice.who'),
        lines: [t('notice.who.body', { body }), ...(decision.second_by ? [t('notice.who.second')] : [])],
      },
      {
        title: t('notice.means'),
        lines: [
          t(`notice.means.${stage}.${outcome}`, { day }),
          ...(positive && stage === 'reasonable-grounds' && (pack.procedure?.stages.length ?? 2) > 1
            ? [t('notice.means.reasonable-grounds.positive-next')]
            : []),
        ],
      },
      { title: t('notice.help'), lines: [t('notice.help.text')] },
      {
        title: t('notice.ask'),
        lines: [
          ...(positive ? [] : [t('notice.ask.again', { day }), t('notice.ask.how')]),
          t('notice.ask.time'),
          t('notice.ask.file'),
        ],
      },
    ],
    end: t('notice.end'),
  }
}
