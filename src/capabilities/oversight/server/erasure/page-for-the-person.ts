import { html, raw } from 'hono/html'
import type { CareOfPerson } from '#capabilities/care/server/index.ts'
import type { Case } from '#capabilities/cases/contract.ts'
import type { FilesOfPerson } from '#capabilities/cases/server/index.ts'
import type { ConsentRecord } from '#capabilities/consent/contract.ts'
import type { AccountOfPerson } from '#capabilities/screening/server/index.ts'
import type { QuestionsOfPerson } from '#capabilities/visits/server/index.ts'
import type { Words } from '#platform/words/words.ts'

/** Everything that goes on the page. */
export interface OwnFile {
  readonly found: Case
  readonly consents: readonly ConsentRecord[]
  /** Undefined where whoever asks may not open the services. */
  readonly care: CareOfPerson | undefined
  readonly files: FilesOfPerson
  /** The same, and where the person did not agree that the unit knows what they told. */
  readonly account: AccountOfPerson | undefined
  readonly questions: QuestionsOfPerson | undefined
  /** What sort of organisation an id stands for: a paper names none. */
  readonly kindOf: (organisation: string) => string | undefined
}

/**
 * What the history tells the person: what was done for them. Never who else looked, nor anything of an investigation, nor that a
 * shelter said where to bring them: that is the shelter's to keep.
 */
const told = /^(case|screening|consent|referral(?!\.where-)|care)\./
type Markup = ReturnType<typeof html>
const style = `
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem; break-after: avoid }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem } dt { opacity: .75 } dd { margin: 0 }
ul { padding-left: 1.1rem } li { margin-bottom: .5rem; break-inside: avoid }`

const rows = (pairs: readonly (readonly [string, string | number | undefined])[]) =>
  pairs.flatMap(([term, value]) =>
    value === undefined || value === '' ? [] : [html`<dt>${term}</dt><dd>${value}</dd>`],
  )
/** A heading with a list under it; nothing where there is nothing to list. */
const section = (title: string, items: readonly (string | Markup)[]) =>
  items.length === 0 ? '' : html`<h2>${title}</h2><ul>${items.map(one => html`<li>${one}</li>`)}</ul>`

/** What was agreed to, and what was not: to which sort of help, and until when. */
function consentsOf({ consents, kindOf }: OwnFile, words: Words) {
  const { t } = words
  return consents.map(one => {
    const kinds = new Set(one.recipients.flatMap(id => kindOf(id) ?? []))
    const what = one.purposes.map(purpose => t(`consent.purpose.${purpose}`)).join(', ')
    const whom = [...kinds].map(kind => t(`organisation.kind.${kind}`)).join(', ')
    const until = one.expiresAt ? t('oversight.subject.until', { day: words.date(one.expiresAt) }) : ''
    return [words.dateTime(one.saidAt), t(`oversight.subject.consent.${one.kind}`), what, whom, until]
      .filter(part => part !== '')
      .join(' · ')
  })
}

function careSections(care: CareOfPerson, words: Words) {
  const { t } = words
  const looked = care.assessments.flatMap(({ at, domains, needs }) => [
    ...domains.map(
      ({ domain, severity, note, determinants }) =>
        html`${words.dateTime(at)} · ${t(`care.domain.${domain}`)} · ${t(`care.severity.${severity}`)}${note ? html`<br>${note}` : ''}${determinants.map(
          one =>
            html`<br>${t(`care.factor.${one.factor}`)} (${t(`care.level.${one.level}`)}, ${t(`care.severity.${one.severity}`)}): ${one.evidence}`,
        )}`,
    ),
    ...needs.map(
      one => html`${words.dateTime(at)} · ${t(`service.kind.${one.service}`)}${one.note ? html`<br>${one.note}` : ''}`,
    ),
  ])
  const planned = care.plans.flatMap(({ number, state, at, goals, ownWords }) => [
    ...(ownWords ? [html`${words.dateTime(at)} · ${t('care.print.words')}<br>${ownWords}`] : []),
    ...goals.map(
      ({ goal, actions }) =>
        html`${words.dateTime(at)} · ${number} · ${t(`care.plan.state.${state}`)}: ${goal}${actions.map(
          // What a provider does is told by its kind: their own words may name a place.
          one => html`<br>${one.owner === 'provider' ? t(`service.kind.${one.service}`) : one.what}`,
        )}`,
    ),
  ])
  const given = care.deliveries.map(
    one => `${words.date(one.on)} · ${t(`service.kind.${one.service}`)} · ${t(`care.outcome.${one.outcome}`)}`,
  )
  const weighed = care.interests.map(
    one =>
      html`${words.dateTime(one.at)} · ${t(`care.step.${one.step}`)} · ${t(`care.interest.${one.outcome}`)}<br>${one.childSaid}<br>${one.reasons}`,
  )
  return [
    section(t('oversight.subject.assessments'), looked),
    section(t('oversight.subject.plans'), planned),
    section(t('oversight.subject.deliveries'), given),
    section(t('oversight.subject.interests'), weighed),
  ]
}

/** What was decided about the person and why, and what goes on beside it; what waits for its second person is not decided. */
function decidedSections({ decisions, tracks }: Case, words: Words) {
  const { t } = words
  const decided = (decisions ?? [])
    .filter(one => one.state === 'confirmed')
    .map(one => {
      const grounds = (['act', 'means', 'purpose'] as const).flatMap(element => one.grounds?.[element] ?? [])
      const title = t(`procedure.decided.${one.kind}.${one.stage}.${one.outcome}`)
      return html`${words.dateTime(one.secondAt ?? one.at)} · ${title}${[...grounds, one.reasons].map(text => html`<br>${text}`)}`
    })
  const beside = (tracks ?? []).flatMap(({ track, state, at }) =>
    at === null
      ? []
      : [`${words.dateTime(at)} · ${t(`procedure.track.${track}`)}: ${t(`procedure.track.${track}.${state}`)}`],
  )
  return [section(t('oversight.subject.decisions'), decided), section(t('oversight.subject.tracks'), beside)]
}

/** What the person told and asked, and which files there are. */
function toldSections({ account, questions, files }: OwnFile, words: Words) {
  const { t } = words
  return [
    section(
      t('oversight.subject.account'),
      (account ?? []).map(one => html`${words.dateTime(one.at)}<br>${one.story ?? t('oversight.subject.no-story')}`),
    ),
    section(
      t('oversight.subject.questions'),
      (questions ?? []).map(
        one => html`${words.dateTime(one.at)}<br>${one.text}<br>${one.answer ?? t('oversight.subject.no-answer')}`,
      ),
    ),
    section(
      t('oversight.subject.files'),
      files.map(one => `${words.dateTime(one.at)} · ${t(`attachment.purpose.${one.purpose}`)}: ${one.name}`),
    ),
  ]
}

/** No script, no picture, nothing that is fetched; no name but the person's own, no place and no provider. */
export async function pageForThePerson(own: OwnFile, words: Words, now: Date): Promise<string> {
  const { t } = words
  const { found, care } = own
  const { identity } = found
  const title = t('oversight.subject.title')
  const history = found.timeline.filter(one => told.test(one.event))
  return String(
    await html`<!doctype html>
<html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}</style></head><body>
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
    ])}</dl>
${decidedSections(found, words)}${toldSections(own, words)}${section(t('oversight.subject.consents'), consentsOf(own, words))}${care ? careSections(care, words) : ''}${section(
  t('oversight.subject.notes'),
  (found.notes ?? []).map(one => html`${words.dateTime(one.at)}<br>${one.text}`),
)}${section(
  t('oversight.subject.history'),
  history.map(
    one =>
      `${words.dateTime(one.at)}: ${t(`case.event.${one.event}`, { outcome: String(one.about.outcome ?? ''), answer: String(one.about.answer ?? '') })}`,
  ),
)}
<h2>${t('oversight.subject.not-here')}</h2><ul><li>${t('oversight.subject.place-told')}</li><li>${t('oversight.subject.safety-told')}</li><li>${t('oversight.subject.files-told')}</li>${own.account ? '' : html`<li>${t('oversight.subject.account-told')}</li>`}<li>${t('oversight.subject.others-told')}</li></ul>
</body></html>`,
  )
}
