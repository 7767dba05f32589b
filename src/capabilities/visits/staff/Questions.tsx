import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Question, visits } from '../contract.ts'

/** What the person asked, what waits first. */
export function Questions({ caseId, questions }: { caseId: string; questions: readonly Question[] }) {
  const { t } = useWords()
  if (questions.length === 0) return <EmptyState title={t('visit.questions.none')} />
  const waits = (one: Question) => (one.answer === null ? 0 : 1)
  return (
    <section className="stack" aria-label={t('visit.questions')}>
      <h2>{t('visit.questions')}</h2>
      {[...questions]
        .sort((a, b) => waits(a) - waits(b) || b.askedAt.localeCompare(a.askedAt))
        .map(one => (
          <Asked key={one.id} caseId={caseId} question={one} />
        ))}
    </section>
  )
}

function Asked({ caseId, question }: { caseId: string; question: Question }) {
  const words = useWords()
  const { t } = words
  const answer = useCommand(visits.answerQuestion, [visits.ofCase.id])
  const errors = useFormErrors()
  const [text, setText] = useState('')
  const field = `answer-${question.id}`
  const send = () =>
    answer.mutate(
      {
        params: { case: caseId, question: question.id },
        version: question.version,
        body: { text: text.normalize('NFC') },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <Card level={3} title={t('visit.question.asked', { when: words.dateTime(question.askedAt) })}>
      <p className="visit-said" dir="auto">
        {question.text}
      </p>
      {question.answer === null ? (
        <>
          <ErrorSummary errors={errors.errors.map(one => (one.field ? { ...one, field } : one))} />
          <TextArea
            name="text"
            id={field}
            label={t('visit.question.answer')}
            hint={t('visit.question.hint')}
            value={text}
            error={errors.of('text')}
            onChange={event => setText(event.target.value)}
          />
          <div className="actions">
            <Button busy={answer.isPending} onClick={send}>
              {t('visit.question.send')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>
            {t('visit.question.answered', {
              name: question.answeredBy ?? '',
              when: words.dateTime(question.answeredAt ?? question.askedAt),
            })}
          </p>
          <p className="visit-said" dir="auto">
            {question.answer}
          </p>
          <p>
            {question.readAt
              ? t('visit.question.read', { when: words.dateTime(question.readAt) })
              : t('visit.question.unread')}
          </p>
        </>
      )}
    </Card>
  )
}
