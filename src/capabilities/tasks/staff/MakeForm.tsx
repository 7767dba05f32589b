import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import { nothingSaid, TaskFields } from './TaskFields.tsx'
import { usePeople } from './use-people.ts'
import { stale } from './what.ts'

/** Asks something of somebody who works on the case. */
export function MakeForm({ caseId, mayWrite, onDone }: { caseId: string; mayWrite: boolean; onDone: () => void }) {
  const { t } = useWords()
  const errors = useFormErrors()
  const make = useCommand(tasks.make, stale)
  const { options, toOf } = usePeople(caseId)
  const [id] = useState(newId)
  const [said, setSaid] = useState(nothingSaid)
  const [to, setTo] = useState('')
  const [text, setText] = useState('')
  const send = () => {
    const words = text.normalize('NFC').trim()
    if (to === '') return errors.set([{ field: 'to', message: t('problem.field.required') }])
    make.mutate(
      {
        params: { case: caseId },
        body: {
          id,
          kind: said.kind as 'other',
          urgency: said.urgency as 'routine',
          due: { on: said.on },
          to: toOf(to),
          ...(words ? { words } : {}),
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  }
  return (
    <Card title={t('tasks.new')}>
      <Form errors={errors.errors} busy={make.isPending} submit={t('tasks.form.make')} onSubmit={send}>
        <SelectField
          name="to"
          label={t('tasks.form.to')}
          value={to}
          onChange={event => setTo(event.target.value)}
          placeholder={t('tasks.form.to-choose')}
          options={options}
          error={errors.of('to')}
        />
        <TaskFields said={said} onSay={setSaid} errorOf={errors.of} />
        {mayWrite && (
          <TextArea
            name="words"
            label={t('tasks.form.words')}
            hint={t('tasks.form.words-hint')}
            optional
            value={text}
            onChange={event => setText(event.target.value)}
            error={errors.of('words')}
          />
        )}
      </Form>
      <div className="actions">
        <Button variant="quiet" compact onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
