import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../../staff/api.ts'
import { cases } from '../../contract.ts'
import { escalationAnswers } from '../../contract-escalation.ts'
import './procedure.css'

type Escalation = Answer<typeof cases.escalations>['items'][number]

/** What is overdue in the unit, for who supervises it: the reference of each case, and nothing else of it. */
export default function Escalations() {
  const { t } = useWords()
  const found = useAsk(cases.escalations, {})
  const [answering, setAnswering] = useState('')
  return (
    <div className="stack">
      <PageHeader title={t('escalation.title')}>{t('escalation.lead')}</PageHeader>
      {found.isPending && <Loading lines={4} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.items.length === 0 && (
        <EmptyState title={t('escalation.none')}>{t('escalation.none-text')}</EmptyState>
      )}
      {found.data?.items.map(one => (
        <Overdue key={one.id} one={one} answering={answering === one.id} onAnswer={() => setAnswering(one.id)} />
      ))}
      {found.data?.more && <p className="note">{t('escalation.more')}</p>}
    </div>
  )
}

function Overdue({ one, answering, onAnswer }: { one: Escalation; answering: boolean; onAnswer: () => void }) {
  const words = useWords()
  const { t } = words
  const clock = t(`case.clock.${one.clock}`)
  const isDecision = one.clock === 'reasonable-grounds' || one.clock === 'conclusive-grounds'
  return (
    <Card title={`${one.reference}, ${clock}`}>
      <Summary
        rows={[
          { term: t('escalation.since'), value: words.dateTime(one.overdueSince) },
          { term: t('escalation.in-charge'), value: one.inCharge ?? t('escalation.in-charge.nobody') },
          ...(isDecision
            ? [
                {
                  term: t('escalation.deciders'),
                  value: one.deciders.join(', ') || t('escalation.deciders.nobody'),
                },
              ]
            : []),
          ...(one.answer
            ? [
                {
                  term: t('escalation.answered', { name: one.answeredBy ?? '', day: words.dateTime(one.answeredAt!) }),
                  value: t(`escalation.answer.${one.answer}`),
                },
              ]
            : []),
        ]}
      />
      {one.answer === null && !answering && (
        <div className="actions procedure-apart">
          <Button
            variant="secondary"
            onClick={onAnswer}
            aria-label={t('escalation.answer.do-of', { reference: one.reference })}
          >
            {t('escalation.answer.do')}
          </Button>
        </div>
      )}
      {one.answer === null && answering && (
        <div className="procedure-apart">
          <AnswerForm one={one} />
        </div>
      )}
    </Card>
  )
}

function AnswerForm({ one }: { one: Escalation }) {
  const { t } = useWords()
  const answer = useCommand(cases.answerEscalation, ['cases.escalations', 'tasks.today'])
  const errors = useFormErrors()
  const [chosen, setChosen] = useState('')
  const save = () =>
    answer.mutate(
      { params: { escalation: one.id }, body: { answer: chosen as Escalation['answer'] & string } },
      { onError: errors.take },
    )
  return (
    <Form errors={errors.errors} busy={answer.isPending} submit={t('escalation.answer.save')} onSubmit={save}>
      <ChoiceGroup
        kind="radio"
        name="answer"
        label={t('escalation.answer.of', { reference: one.reference })}
        value={chosen}
        onChange={setChosen}
        error={errors.of('answer')}
        options={escalationAnswers.map(value => ({ value, label: t(`escalation.answer.${value}`) }))}
      />
    </Form>
  )
}
