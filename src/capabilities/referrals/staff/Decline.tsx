import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { declineReasons, type Referral, referrals } from '../contract.ts'
import { stale } from './stale.ts'

/** A no, with its reason: who asked can ask somebody else at once. */
export function Decline({ found, onDone }: { found: Referral; onDone: () => void }) {
  const { t } = useWords()
  const decline = useCommand(referrals.decline, stale)
  const errors = useFormErrors()
  const [reason, setReason] = useState('')
  const [answer, setAnswer] = useState('')
  const go = () =>
    decline.mutate(
      {
        params: { referral: found.id },
        version: found.version,
        body: { reason: reason as 'other', ...(answer.trim() ? { answer: answer.normalize('NFC') } : {}) },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('referral.decline.title')}>
      <div className="stack">
        <p>{t('referral.decline.hint')}</p>
        <ErrorSummary errors={errors.errors} />
        <ChoiceGroup
          kind="radio"
          name="reason"
          label={t('referral.decline.reason-label')}
          value={reason}
          onChange={setReason}
          error={errors.of('reason')}
          options={declineReasons.map(value => ({ value, label: t(`referral.decline.${value}`) }))}
        />
        <TextArea
          name="answer"
          label={t('referral.decline.answer')}
          optional
          value={answer}
          onChange={event => setAnswer(event.target.value)}
          error={errors.of('answer')}
        />
        <div className="actions">
          <Button variant="danger" busy={decline.isPending} onClick={go}>
            {t('referral.decline.save')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
