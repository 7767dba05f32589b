import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Action, situation } from '../contract.ts'
import { ActionTag } from './parts.tsx'

const stale = [situation.read.id, situation.actions.id, situation.coverage.id]

/** One action: who does what until when, and how it ended. */
export function ActionLine({ action }: { action: Action }) {
  const words = useWords()
  const { t } = words
  const [ending, setEnding] = useState<'finish' | 'drop'>()
  return (
    <div className="situation-action">
      <p className="told">{action.what}</p>
      <p className="tags">
        <ActionTag action={action} />
        <span className="situation-soft">
          {t('situation.action.by', { owner: action.owner.name, day: words.date(action.dueOn) })}
        </span>
      </p>
      {action.end && (
        <p className="situation-soft">
          {t(`situation.action.ended.${action.state}`, {
            words: action.end,
            by: action.endedName ?? '',
            day: words.date(action.endedAt ?? action.dueOn),
          })}
        </p>
      )}
      {ending && <EndForm action={action} how={ending} onDone={() => setEnding(undefined)} />}
      {!ending && action.moves.length > 0 && (
        <div className="actions">
          {action.moves.map(move => (
            <Button
              key={move}
              variant={move === 'finish' ? 'secondary' : 'quiet'}
              compact
              aria-label={t(`situation.action.${move}-which`, { what: action.what })}
              onClick={() => setEnding(move)}
            >
              {t(`situation.action.${move}`)}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

function EndForm({ action, how, onDone }: { action: Action; how: 'finish' | 'drop'; onDone: () => void }) {
  const { t } = useWords()
  const finish = useCommand(situation.finishAction, stale)
  const drop = useCommand(situation.dropAction, stale)
  const errors = useFormErrors()
  const [said, setSaid] = useState('')
  const at = { params: { action: action.id }, version: action.version }
  const ends = { onSuccess: onDone, onError: errors.take }
  const save = () => {
    const typed = said.trim().normalize('NFC')
    if (how === 'finish') finish.mutate({ ...at, body: { what: typed } }, ends)
    else drop.mutate({ ...at, body: { reason: typed } }, ends)
  }
  const field = how === 'finish' ? 'what' : 'reason'
  return (
    <div className="stack">
      <Form
        errors={errors.errors}
        busy={finish.isPending || drop.isPending}
        submit={t(`situation.action.${how}-save`)}
        onSubmit={save}
      >
        <TextArea
          name={field}
          label={t(`situation.action.${how}-words`)}
          hint={t('situation.action.words-hint')}
          value={said}
          maxLength={500}
          error={errors.of(field)}
          onChange={event => setSaid(event.target.value)}
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
