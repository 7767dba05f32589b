import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { newId, useCommand } from '#staff/api.ts'
import { useAll } from '#staff/use-all.ts'
import { Button } from '#ui/Button.tsx'
import { DateField } from '#ui/DateField.tsx'
import { ComboBox } from '#ui/desk/ComboBox.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Answered, type Assessment, situation } from '../contract.ts'
import { standardNames } from '../definition.ts'
import { ActionLine } from './ActionLine.tsx'

/** Something that is missing, and what is done about it. */
export function Gap({
  one,
  gap,
  topic,
  adding,
  onAdd,
}: {
  one: Assessment
  gap: Answered
  topic: string
  adding: boolean
  onAdd: (question: string) => void
}) {
  const { t, lang } = useWords()
  const actions = one.actions.filter(({ question }) => question === gap.question)
  return (
    <li className="thing situation-gap">
      <p className="situation-soft">{standardNames[gap.standard][lang]}</p>
      <h3>{t(`situation.gap.${gap.said}`, { topic })}</h3>
      {actions.map(action => (
        <ActionLine key={action.id} action={action} />
      ))}
      {adding ? (
        <AddAction one={one} question={gap.question} onDone={() => onAdd('')} />
      ) : (
        one.moves.includes('add-action') && (
          <div>
            <Button
              variant="secondary"
              compact
              aria-label={t('situation.action.add-which', { topic })}
              onClick={() => onAdd(gap.question)}
            >
              {t('situation.action.add')}
            </Button>
          </div>
        )
      )}
    </li>
  )
}

function AddAction({ one, question, onDone }: { one: Assessment; question: string; onDone: () => void }) {
  const { t } = useWords()
  const organisations = useAll(directory.list).data?.items ?? []
  const add = useCommand(situation.addAction, [situation.read.id, situation.actions.id, situation.coverage.id])
  const errors = useFormErrors()
  const [what, setWhat] = useState('')
  const [owner, setOwner] = useState(one.organisation?.id ?? '')
  const [dueOn, setDueOn] = useState('')
  const save = () =>
    add.mutate(
      {
        params: { assessment: one.id },
        body: { id: newId(), question, what: what.trim().normalize('NFC'), owner, dueOn },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <div className="stack">
      <Form errors={errors.errors} busy={add.isPending} submit={t('situation.action.save')} onSubmit={save}>
        <TextArea
          name="what"
          label={t('situation.action.what')}
          hint={t('situation.action.what-hint')}
          value={what}
          maxLength={500}
          error={errors.of('what')}
          onChange={event => setWhat(event.target.value)}
        />
        <ComboBox
          name="owner"
          label={t('situation.action.owner')}
          value={owner}
          onChange={setOwner}
          error={errors.of('owner')}
          options={organisations.filter(each => each.active).map(each => ({ value: each.id, label: each.name }))}
        />
        <DateField
          name="dueOn"
          label={t('situation.action.until')}
          value={dueOn}
          onChange={setDueOn}
          error={errors.of('dueOn')}
        />
      </Form>
      <div className="actions">
        <Button variant="quiet" compact onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  )
}
