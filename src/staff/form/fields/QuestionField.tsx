import { memo } from 'react'
import type { QuestionView } from '#platform/forms/view.ts'
import { useWords } from '#ui/words-context.tsx'
import { answerText } from '../answer-text.ts'
import { useForm } from '../form-context.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { DateQuestion } from './DateQuestion.tsx'
import { FileField } from './FileField.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'
import { RangeField } from './RangeField.tsx'
import { RankField } from './RankField.tsx'
import { TypedField } from './TypedField.tsx'

/** A question as the control that fits it. Drawn again only when something of it has changed. */
export const QuestionField = memo(function QuestionField(props: FieldProps & { declined: boolean; lang: string }) {
  const { view } = props
  if (view.type === 'note' && props.solo) return null
  return (
    <div className="form-question">
      {view.type === 'note' ? (
        <FieldFrame {...props} told={false} group="group" />
      ) : view.readOnly ? (
        <Known {...props} />
      ) : (
        <Control {...props} />
      )}
      {!view.readOnly && offersRefusal(view) && <Refusal {...props} />}
    </div>
  )
})

function Control(props: FieldProps) {
  switch (props.view.type) {
    case 'select-one':
    case 'select-multiple':
      return <ChoiceField {...props} />
    case 'rank':
      return <RankField {...props} />
    case 'range':
      return props.view.appearance.includes('picker') ? <TypedField {...props} /> : <RangeField {...props} />
    case 'acknowledge':
      return <Acknowledge {...props} />
    case 'date':
      return <DateQuestion {...props} />
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return <FileField {...props} />
    default:
      return <TypedField {...props} />
  }
}

/** What is known already and asked of nobody. */
function Known(props: FieldProps) {
  const { interview } = useForm()
  const words = useWords()
  return (
    <FieldFrame {...props} group="group">
      <p className="form-known">{answerText(props.view, interview, words) || words.t('form.unanswered')}</p>
    </FieldFrame>
  )
}

function Acknowledge(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const { t } = useWords()
  const { id, 'aria-invalid': wrong, ...names } = fieldNames(props)
  return (
    <FieldFrame {...props} group="group">
      <label className="choice" htmlFor={id}>
        <input
          type="checkbox"
          className="choice-input"
          id={id}
          aria-describedby={names['aria-describedby']}
          aria-invalid={wrong}
          checked={view.value !== null}
          onChange={event => interview.answer(view.path, event.target.checked || null)}
        />
        <span className="choice-mark" aria-hidden="true" />
        <span className="choice-text">{t('form.acknowledge')}</span>
      </label>
    </FieldFrame>
  )
}

/** Choices offer it as one of their own; other questions by the appearance `not-said`. */
const offersRefusal = (view: QuestionView): boolean => view.choices === null && view.appearance.includes('not-said')

function Refusal({ view, declined }: FieldProps & { declined: boolean }) {
  const { interview } = useForm()
  const { t } = useWords()
  return (
    <label className="choice form-refusal" htmlFor={`${view.path}:not-said`}>
      <input
        type="checkbox"
        className="choice-input"
        id={`${view.path}:not-said`}
        checked={declined}
        onChange={event => interview.decline(view.path, event.target.checked)}
      />
      <span className="choice-mark" aria-hidden="true" />
      <span className="choice-text">{t('form.not-said')}</span>
    </label>
  )
}
