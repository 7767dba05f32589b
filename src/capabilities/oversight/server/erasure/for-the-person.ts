import { html } from 'hono/html'
import type { Case } from '#capabilities/cases/contract.ts'
import { caseFacts, viewOf } from '#capabilities/cases/server/index.ts'
import { handle } from '#platform/http/handle.ts'
import type { Words } from '#platform/words/words.ts'
import { oversight } from '../../contract.ts'
import { policy } from '../../policy.ts'

/** What the history tells the person: what was done for them. Never who else looked, nor anything of an investigation. */
const told = /^(case|screening|consent|referral|care)\./

const rows = (pairs: readonly (readonly [string, string | number | undefined])[]) =>
  pairs.flatMap(([term, value]) =>
    value === undefined || value === '' ? [] : [html`<dt>${term}</dt><dd>${value}</dd>`],
  )

/** The page: no script, no picture, nothing that is fetched; and no name but the person's own. */
async function pageFor(found: Case, words: Words, now: Date): Promise<string> {
  const { t } = words
  const { identity } = found
  const history = found.timeline.filter(one => told.test(one.event))
  const title = t('oversight.subject.title')
  return String(
    await html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><title>${title}</title></head><body>
<h1>${title}</h1><p>${t('oversight.subject.lead', { when: words.dateTime(now) })}</p>
<h2>${t('case.person')}</h2><dl>${rows([
      [t('case.field.reference'), found.reference],
      [t('case.person.given'), identity?.givenName],
      [t('case.person.family'), identity?.familyName],
      [t('case.person.known-as'), identity?.knownAs],
      [t('case.person.birth'), identity?.birthDate],
      [t('case.person.age'), identity?.age],
      [t('case.person.nationality'), identity?.nationality],
      [t('case.person.language'), identity?.language],
      [t('case.person.phone'), identity?.phone],
      [t('case.person.document'), identity?.document],
      [t('case.field.status'), t(`case.status.${found.status}`)],
      [t('case.field.identification'), t(`case.identification.${found.identification}`)],
      [t('oversight.subject.place'), t('oversight.subject.place-told')],
    ])}</dl>
<h2>${t('oversight.subject.notes')}</h2>${(found.notes ?? []).map(one => html`<p>${words.dateTime(one.at)}</p><p>${one.text}</p>`)}
<h2>${t('oversight.subject.history')}</h2><ul>${history.map(
      one =>
        html`<li>${words.dateTime(one.at)}: ${t(`case.event.${one.event}`, { outcome: String(one.about.outcome ?? ''), answer: String(one.about.answer ?? '') })}</li>`,
    )}</ul>
</body></html>`,
  )
}

export const exportSubject = handle(oversight.exportSubject, policy, {
  facts: ({ read, input }) => caseFacts(read, input.params.case),
  caseOf: (_, { params }) => params.case,
  run: async context => {
    const { services, language, now } = context
    const found = await viewOf(context, context.facts as Awaited<ReturnType<typeof caseFacts>>)
    return { name: `${found.reference}.html`, bytes: Buffer.from(await pageFor(found, services.words(language), now)) }
  },
})
