import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Form } from '#ui/Form.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Merge, matching } from '../contract.ts'
import { Opened } from './Opened.tsx'
import { stale } from './stale.ts'
import { MergeTag } from './tags.tsx'

/** Two cases brought together, or proposed to be: who said so, why, and what the reader may do. */
export function MergeCard({ merge }: { merge: Merge }) {
  const words = useWords()
  const { t } = words
  const [asking, setAsking] = useState(false)
  const answer = useCommand(matching.answerMerge, stale)
  const params = { merge: merge.id }
  const say = (said: 'confirmed' | 'returned') =>
    answer.mutate({ params, version: merge.version, body: { answer: said } }, { onSettled: () => setAsking(false) })
  const when = (name: string | null, at: string | null) =>
    name && at ? t('matching.judged.by', { name, when: words.dateTime(at) }) : undefined
  return (
    <Card
      level={3}
      title={t('matching.merge.pair', { lead: merge.lead.reference, away: merge.away.reference })}
      aside={<MergeTag state={merge.state} />}
      footer={
        merge.moves.length > 0 && (
          <div className="stack">
            {merge.moves.includes('answer') && (
              <div className="actions">
                <Button onClick={() => setAsking(true)}>{t('matching.merge.confirm')}</Button>
                <Button variant="secondary" busy={answer.isPending} onClick={() => say('returned')}>
                  {t('matching.merge.return')}
                </Button>
              </div>
            )}
            {merge.moves.includes('undo') && (
              <Opened label={t('matching.merge.undo')}>{done => <Undo merge={merge} onDone={done} />}</Opened>
            )}
          </div>
        )
      }
    >
      {answer.isError && <Problem error={answer.error} />}
      {merge.reason && <p className="told">{merge.reason}</p>}
      <Summary
        rows={[
          { term: t('matching.merge.by'), value: when(merge.byName, merge.at) },
          { term: t('matching.merge.second'), value: when(merge.secondName, merge.secondAt) },
          { term: t('matching.merge.undone'), value: when(merge.undoneName, merge.undoneAt) },
          { term: t('matching.merge.undo-reason'), value: merge.undoReason ?? undefined },
        ].filter(row => row.value !== undefined)}
      />
      <ConfirmDialog
        open={asking}
        title={t('matching.merge.confirm-ask')}
        confirmLabel={t('matching.merge.confirm')}
        busy={answer.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => say('confirmed')}
      >
        {t('matching.merge.confirm-text', { lead: merge.lead.reference })}
      </ConfirmDialog>
    </Card>
  )
}

function Undo({ merge, onDone }: { merge: Merge; onDone: () => void }) {
  const { t } = useWords()
  const undo = useCommand(matching.unmerge, stale)
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const save = () =>
    undo.mutate(
      { params: { merge: merge.id }, version: merge.version, body: { reason: reason.trim().normalize('NFC') } },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Form errors={errors.errors} busy={undo.isPending} submit={t('matching.merge.undo')} onSubmit={save}>
      <p>{t('matching.merge.undo-lead')}</p>
      <TextArea
        name="reason"
        label={t('matching.merge.undo-reason')}
        value={reason}
        error={errors.of('reason')}
        onChange={event => setReason(event.target.value)}
      />
    </Form>
  )
}
