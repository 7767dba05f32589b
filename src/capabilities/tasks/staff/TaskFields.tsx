import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { taskKinds } from '../contract.ts'

/** What every task says of itself. */
export interface Said {
  kind: string
  on: string
  urgency: string
}
export const nothingSaid: Said = { kind: '', on: '', urgency: 'routine' }

export function TaskFields({
  said,
  onSay,
  errorOf,
}: {
  said: Said
  onSay: (said: Said) => void
  errorOf: (field: string) => string | undefined
}) {
  const { t } = useWords()
  return (
    <>
      <SelectField
        name="kind"
        label={t('tasks.form.kind')}
        value={said.kind}
        onChange={event => onSay({ ...said, kind: event.target.value })}
        placeholder={t('tasks.form.to-choose')}
        options={taskKinds.map(value => ({ value, label: t(`tasks.kind.${value}`) }))}
        error={errorOf('kind')}
      />
      <DateField
        name="due.on"
        label={t('tasks.form.on')}
        value={said.on}
        onChange={on => onSay({ ...said, on })}
        error={errorOf('due.on') ?? errorOf('due')}
      />
      <ChoiceGroup
        kind="radio"
        name="urgency"
        label={t('tasks.form.urgency')}
        inline
        value={said.urgency}
        onChange={urgency => onSay({ ...said, urgency })}
        options={['routine', 'urgent', 'emergency'].map(value => ({ value, label: t(`tasks.urgency.${value}`) }))}
        error={errorOf('urgency')}
      />
    </>
  )
}
