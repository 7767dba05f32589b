import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { address } from '#platform/contract/client.ts'
import { useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, situation } from '../contract.ts'
import { questionsOf } from '../form.ts'
import { formOf } from '../instruments/shipped.ts'
import { Differences } from './Differences.tsx'
import { Drop } from './Drop.tsx'
import { Gap } from './Gap.tsx'
import { Pictures } from './Pictures.tsx'
import { PdfLink, StateTag } from './parts.tsx'
import { StandardCard } from './StandardCard.tsx'
import { useSubject } from './use-subject.ts'

/** One assessment, as it stands: waiting for answers, being settled, or finished with what it found and what is done. */
export default function AssessmentPage() {
  const { assessment } = useParams({ strict: false }) as { assessment: string }
  const found = useAsk(situation.read, { params: { assessment } })
  if (found.isPending) return <Loading lines={8} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  return <Shown one={found.data as Assessment} />
}

function Shown({ one }: { one: Assessment }) {
  const words = useWords()
  const { t, lang } = words
  const subjectOf = useSubject()
  const [adding, setAdding] = useState('')
  const questions = questionsOf(formOf(one.subject, one.form))
  const gaps = one.answers.filter(({ said }) => said === 'partly' || said === 'no')
  const at = { params: { assessment: one.id } as never }
  return (
    <div className="stack situation-page">
      <PageHeader
        title={subjectOf(one)}
        above={<Link to={'/assessments' as never}>{t('situation.list.title')}</Link>}
        tags={<StateTag state={one.state} />}
        actions={
          one.state === 'finished' && (
            <>
              <Link
                className="button button-secondary button-compact"
                to={'/assessments/$assessment/compare' as never}
                {...at}
              >
                {t('situation.compare')}
              </Link>
              <PdfLink href={address(situation.report, { params: { assessment: one.id, language: lang } })}>
                {t('situation.pdf')}
              </PdfLink>
            </>
          )
        }
      >
        {t('situation.by', {
          kind: t(`situation.subject.${one.subject}`),
          names: words.list([one.firstName, ...(one.secondName ? [one.secondName] : [])]),
          day: words.date(one.finishedAt ?? one.madeAt),
        })}
      </PageHeader>
      {one.state === 'open' && (
        <Card title={t('situation.answer.title')}>
          <p>{t('situation.answer.apart')}</p>
          {one.moves.includes('answer') ? (
            <div className="actions">
              <Link className="button button-primary" to={'/assessments/$assessment/answer' as never} {...at}>
                {t('situation.answer.begin')}
              </Link>
            </div>
          ) : (
            <Banner tone="info">
              {t(one.handedIn > 0 ? 'situation.answer.handed-in' : 'situation.answer.others')}
            </Banner>
          )}
        </Card>
      )}
      {one.dropped && <Banner tone="info">{t(`situation.drop.why.${one.dropped}`)}</Banner>}
      {one.state === 'comparing' && <Differences one={one} questions={questions} />}
      {one.state === 'finished' && (
        <>
          <section className="situation-standards" aria-label={t('situation.paper.scores')}>
            {one.scores.map(score => (
              <StandardCard key={score.standard} score={score} one={one} questions={questions} />
            ))}
          </section>
          <Card title={t('situation.paper.gaps')}>
            {gaps.length === 0 ? (
              <p>{t('situation.paper.no-gaps')}</p>
            ) : (
              <ul className="things">
                {gaps.map(gap => (
                  <Gap
                    key={gap.question}
                    one={one}
                    gap={gap}
                    topic={questions.find(each => each.name === gap.question)!.topic[lang]}
                    adding={adding === gap.question}
                    onAdd={setAdding}
                  />
                ))}
              </ul>
            )}
          </Card>
        </>
      )}
      {(one.pictures.length > 0 || one.moves.includes('add-picture')) && <Pictures one={one} />}
      {one.moves.includes('drop') && <Drop one={one} />}
    </div>
  )
}
