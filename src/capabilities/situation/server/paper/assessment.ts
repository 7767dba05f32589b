import type { CountryPack } from '#platform/country/pack.ts'
import { settable } from '#platform/documents/pdf.ts'
import type { Report, ReportPart } from '#platform/documents/report.ts'
import type { Words } from '#platform/words/words.ts'
import type { Assessment, Coverage } from '../../contract.ts'
import { saidNames, standardNames } from '../../definition.ts'
import { questionsOf } from '../../form.ts'
import { formOf } from '../../instruments/shipped.ts'
import { countsText } from './coverage.ts'
import { placeName, scoreText } from './names.ts'

/**
 * One finished assessment on paper: how it was found, why, and what is done about it. No picture is in it, and of a
 * provider no place: where people are sheltered stands nowhere.
 * @param here what there is in the area, where it is about one
 */
export function assessmentReport(
  found: Assessment,
  words: Words,
  pack: CountryPack,
  from: string,
  here?: Coverage['country'],
): Report {
  const { t, lang } = words
  const form = formOf(found.subject, found.form)
  const questions = questionsOf(form)
  const answered = new Map(found.answers.map(one => [one.question, one]))
  const whole = (one: string) => settable(one)
  const name = found.organisation?.name ?? placeName(pack, found.area!, words)
  const standardPart = (score: Assessment['scores'][number]): ReportPart => ({
    title: t('situation.paper.standard', {
      standard: standardNames[score.standard][lang],
      score: scoreText(score, words),
    }),
    lines: [],
    table: {
      about: standardNames[score.standard][lang],
      widths: [5, 2, 5],
      head: [t('situation.paper.question'), t('situation.paper.answer'), t('situation.paper.why')],
      rows: questions
        .filter(one => one.standard === score.standard)
        .map(one => {
          const { said, reasons, note } = answered.get(one.name)!
          const why = [...reasons, ...(note ? [t('situation.paper.settled', { note })] : [])]
          return [one.asks[lang], saidNames[said][lang], whole(why.join(' · '))]
        }),
    },
  })
  const gaps = questions.filter(one => ['partly', 'no'].includes(answered.get(one.name)?.said ?? ''))
  return {
    language: lang,
    title: t('situation.paper.title', { name: whole(name) }),
    from: whole(from),
    mark: pack.demonstration ? t('situation.paper.mark') : null,
    about: [
      t('situation.paper.finished', { day: words.date(found.finishedAt!) }),
      t('situation.paper.assessors', { first: whole(found.firstName), second: whole(found.secondName ?? '') }),
      t('situation.paper.method'),
    ],
    parts: [
      {
        title: t('situation.paper.scores'),
        lines: [t('situation.paper.scores-text')],
        table: {
          about: t('situation.paper.scores'),
          widths: [5, 2, 2],
          head: [t('situation.standard'), t('situation.paper.points'), t('situation.paper.missing')],
          rows: found.scores.map(score => [
            standardNames[score.standard][lang],
            scoreText(score, words),
            words.number(gaps.filter(one => one.standard === score.standard).length),
          ]),
        },
      },
      ...(here
        ? [
            {
              title: t('situation.paper.here'),
              lines: [
                t('situation.paper.services', { services: countsText(words).services(here) }),
                t('situation.paper.places', { places: countsText(words).places(here) }),
              ],
            },
          ]
        : []),
      ...found.scores.map(standardPart),
      {
        title: t('situation.paper.gaps'),
        lines: gaps.length === 0 ? [t('situation.paper.no-gaps')] : [],
        ...(gaps.length > 0 && {
          table: {
            about: t('situation.paper.gaps'),
            widths: [4, 5, 3, 3],
            head: [
              t('situation.gap'),
              t('situation.action.what'),
              t('situation.action.owner'),
              t('situation.action.until'),
            ],
            rows: gaps.flatMap(gap => {
              const actions = found.actions.filter(one => one.question === gap.name)
              const topic = t(`situation.gap.${answered.get(gap.name)!.said}`, { topic: gap.topic[lang] })
              if (actions.length === 0) return [[topic, t('situation.action.none'), '', '']]
              return actions.map(one => [
                topic,
                whole([one.what, ...(one.end ? [one.end] : [])].join(' · ')),
                whole(one.owner.name),
                `${words.date(one.dueOn)} (${t(one.overdue ? 'situation.action.late' : `situation.action.state.${one.state}`)})`,
              ])
            }),
          },
        }),
      },
    ],
  }
}
