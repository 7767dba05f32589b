import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import { nothingSaid, TaskFields } from './TaskFields.tsx'
import { stale } from './what.ts'

/** A task for oneself, about no case. */
export function OwnForm({ onDone }: { onDone: () => void }) {
  const { t } = useWords()
  const { me, role, organisation } = useSession()
  const errors = useFormErrors()
  const make = useCommand(tasks.makeOwn, stale)
  const [id] = useState(newId)
  const [said, setSaid] = useState(nothingSaid)
  const send = () =>
    make.mutate(
      {
        body: {
          id,
          kind: said.kind as 'other',
          urgency: said.urgency as 'routine',
          due: { on: said.on },
          to: { organisation: organisation.id, role, account: me.account },
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('tasks.new.own')}>
      <Form
        errors={errors.errors}
        busy={make.isPending}
        submit={t('tasks.form.make-own')}
        onSubmit={send}
        lead={<p>{t('tasks.new.own-lead')}</p>}
      >
        <TaskFields said={said} onSay={setSaid} errorOf={errors.of} />
      </Form>
      <div className="actions">
        <Button variant="quiet" compact onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
