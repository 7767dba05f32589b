import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { FieldSet } from '#ui/Field.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { feedback } from '../contract-feedback.ts'
import {
  type FeedbackAnswer,
  type FeedbackQuestion,
  feedbackAnswers,
  feedbackPictures,
  feedbackQuestions,
  saysNothing,
} from '../feedback.ts'

const answers = [...feedbackAnswers, 'unsaid'] as const
type Chosen = (typeof answers)[number]

/** A face beside the word of an answer. */
export const Picture = ({ of }: { of: Chosen }) => (
  <svg viewBox="0 0 24 24" className="icon feedback-picture" aria-hidden="true" focusable="false">
    <path d={feedbackPictures[of]} />
  </svg>
)

/** The five questions, as they are read to the person; none of them has to be answered. */
export function FeedbackForm({ referral, onDone }: { referral: string; onDone: () => void }) {
  const { t } = useWords()
  const tell = useCommand(feedback.tell, [feedback.read.id])
  const errors = useFormErrors()
  const [chosen, setChosen] = useState<Partial<Record<FeedbackQuestion, Chosen>>>({})
  const [words, setWords] = useState('')
  const answerTo = (one: FeedbackQuestion): FeedbackAnswer | null => {
    const answer = chosen[one]
    return answer === undefined || answer === 'unsaid' ? null : answer
  }
  const save = () => {
    const [respect, explained, agreed, safe, again] = feedbackQuestions.map(answerTo)
    const said = { respect: respect!, explained: explained!, agreed: agreed!, safe: safe!, again: again! }
    if (saysNothing(said, words)) return errors.set([{ field: 'respect', message: t('feedback.form.needed') }])
    tell.mutate(
      { params: { referral }, body: { ...said, ...(words.trim() === '' ? {} : { words: words.normalize('NFC') }) } },
      { onSuccess: onDone, onError: errors.take },
    )
  }
  return (
    <Card title={t('feedback.title')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        <p>{t('feedback.form.lead')}</p>
        {feedbackQuestions.map(one => (
          <FieldSet key={one} id={one} label={t(`feedback.${one}`)} error={errors.of(one)}>
            <div className="choices feedback-answers">
              {answers.map((answer, place) => {
                const id = place === 0 ? one : `${one}-${answer}`
                return (
                  <label key={answer} className="choice feedback-answer" htmlFor={id}>
                    <input
                      type="radio"
                      className="choice-input"
                      id={id}
                      name={one}
                      value={answer}
                      checked={chosen[one] === answer}
                      onChange={() => setChosen({ ...chosen, [one]: answer })}
                    />
                    <Picture of={answer} />
                    <span className="choice-label">{t(`feedback.${answer}`)}</span>
                  </label>
                )
              })}
            </div>
          </FieldSet>
        ))}
        <TextArea
          name="words"
          label={t('feedback.form.words')}
          hint={t('feedback.form.hint')}
          optional
          rows={3}
          value={words}
          error={errors.of('words')}
          onChange={event => setWords(event.target.value)}
        />
        <div className="actions">
          <Button busy={tell.isPending} onClick={save}>
            {t('feedback.form.save')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
