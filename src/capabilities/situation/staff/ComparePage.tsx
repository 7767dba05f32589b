import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAsk } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Icon } from '#ui/Icon.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, type Score, situation } from '../contract.ts'
import { standardNames } from '../definition.ts'
import { questionsOf } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'
import { SaidTag, ScoreMark } from './parts.tsx'
import { useSubject } from './use-subject.ts'

/** The same organisation or area at two times, standard by standard and answer by answer. */
export default function ComparePage() {
  const { assessment } = useParams({ strict: false }) as { assessment: string }
  const found = useAsk(situation.read, { params: { assessment } })
  if (found.isPending) return <Loading lines={8} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  return <Choose one={found.data as Assessment} />
}

function Choose({ one }: { one: Assessment }) {
  const words = useWords()
  const { t } = words
  const subjectOf = useSubject()
  const [chosen, setChosen] = useState('')
  const about = one.organisation ? { organisation: one.organisation.id } : { area: one.area ?? '' }
  const listed = useAsk(situation.list, { query: { ...about, state: 'finished', limit: '50' } })
  const others = (listed.data?.items ?? []).filter(each => each.id !== one.id)
  const other = others.find(each => each.id === chosen) ?? others[0]
  return (
    <div className="stack situation-page">
      <PageHeader
        title={t('situation.compare.title', { name: subjectOf(one) })}
        above={
          <Link to={'/assessments/$assessment' as never} params={{ assessment: one.id } as never}>
            {t('situation.compare.back')}
          </Link>
        }
      />
      {listed.isPending && <Loading lines={4} />}
      {listed.isError && <Problem error={listed.error} onRetry={() => void listed.refetch()} />}
      {listed.isSuccess && !other && (
        <EmptyState title={t('situation.compare.none')}>{t('situation.compare.none-text')}</EmptyState>
      )}
      {other && (
        <>
          <div className="situation-filters">
            <SelectField
              name="other"
              label={t('situation.compare.with')}
              value={other.id}
              onChange={event => setChosen(event.target.value)}
              options={others.map(each => ({ value: each.id, label: words.date(each.finishedAt ?? each.madeAt) }))}
            />
          </div>
          <Beside key={other.id} one={one} other={other.id} />
        </>
      )}
    </div>
  )
}

const shareOf = ({ points, of }: Score): number | null => (points === null ? null : points / of)
/** Which way it went, in a drawing and a word. */
function Change({ from, to }: { from: Score; to: Score }) {
  const { t } = useWords()
  const [was, is] = [shareOf(from), shareOf(to)]
  const way = was === null || is === null ? 'unlike' : is > was ? 'more' : is < was ? 'less' : 'same'
  const icon = ({ more: 'up', less: 'down', same: 'next', unlike: 'more' } as const)[way]
  return (
    <span className="situation-change">
      <Icon name={icon} />
      {t(`situation.compare.${way}`)}
    </span>
  )
}

function Beside({ one, other }: { one: Assessment; other: string }) {
  const words = useWords()
  const { t, lang } = words
  const found = useAsk(situation.read, { params: { assessment: other } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const [earlier, later] = [one, found.data as Assessment].sort((a, b) =>
    (a.finishedAt ?? '') < (b.finishedAt ?? '') ? -1 : 1,
  ) as [Assessment, Assessment]
  const whenOf = (of: Assessment) => of.finishedAt ?? of.madeAt
  const sameDay = words.date(whenOf(earlier)) === words.date(whenOf(later))
  const dayOf = (of: Assessment) => (sameDay ? words.dateTime(whenOf(of)) : words.date(whenOf(of)))
  const questions = questionsOf(formOf(later.subject, later.form))
  const said = (of: Assessment, name: string) => of.answers.find(each => each.question === name)
  const changed = questions.filter(({ name }) => {
    const [was, is] = [said(earlier, name), said(later, name)]
    return was && is && was.said !== is.said
  })
  return (
    <>
      <Card title={t('situation.paper.scores')}>
        <div className="situation-scroll">
          <table className="situation-table">
            <thead>
              <tr>
                <th scope="col">{t('situation.standard')}</th>
                <th scope="col">{dayOf(earlier)}</th>
                <th scope="col">{dayOf(later)}</th>
                <th scope="col">{t('situation.compare.change')}</th>
              </tr>
            </thead>
            <tbody>
              {later.scores.map(score => {
                const before = earlier.scores.find(each => each.standard === score.standard)
                return (
                  <tr key={score.standard}>
                    <th scope="row">{standardNames[score.standard][lang]}</th>
                    <td>{before && <ScoreMark score={before} />}</td>
                    <td>
                      <ScoreMark score={score} />
                    </td>
                    <td>{before && <Change from={before} to={score} />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Card>
      <Card title={t('situation.compare.changed')}>
        {changed.length === 0 ? (
          <p>{t('situation.compare.unchanged')}</p>
        ) : (
          <ul className="things">
            {changed.map(({ name, asks, standard }) => (
              <li key={name} className="thing situation-gap">
                <p className="situation-soft">{standardNames[standard][lang]}</p>
                <p>{asks[lang]}</p>
                <p className="tags">
                  <SaidTag said={said(earlier, name)!.said} />
                  <span>{t('situation.compare.then')}</span>
                  <SaidTag said={said(later, name)!.said} />
                </p>
                {said(later, name)!.reasons.map(reason => (
                  <p key={reason} className="told">
                    {reason}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  )
}
