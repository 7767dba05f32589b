import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../staff/api.ts'
import { type Case, cases } from '../contract.ts'
import { stale } from './stale.ts'

/** The notes of the care, for the coordinator in charge. */
export function Notes({ found }: { found: Case }) {
  const { t } = useWords()
  const add = useCommand(cases.addNote, stale)
  const errors = useFormErrors()
  const [text, setText] = useState('')
  const save = () =>
    add.mutate(
      { params: { case: found.id }, body: { id: newId(), text: text.normalize('NFC') } },
      {
        onSuccess: () => {
          setText('')
          errors.clear()
        },
        onError: errors.take,
      },
    )
  if (!found.notes) return <p>{t('case.closed-to-you')}</p>
  return (
    <div className="stack">
      {found.moves.includes('addNote') && (
        <Card title={t('case.note.add')}>
          <ErrorSummary errors={errors.errors} />
          <TextArea
            name="text"
            label={t('case.note.text')}
            value={text}
            onChange={event => setText(event.target.value)}
            error={errors.of('text')}
          />
          <div className="actions">
            <Button busy={add.isPending} onClick={save}>
              {t('case.note.save')}
            </Button>
          </div>
        </Card>
      )}
      {found.notes.length === 0 ? (
        <EmptyState title={t('case.note.none')} />
      ) : (
        <Timeline
          label={t('case.tab.notes')}
          level={2}
          entries={[...found.notes]
            .reverse()
            .map(note => ({ id: note.id, when: note.at, title: note.by, body: note.text }))}
        />
      )}
    </div>
  )
}
