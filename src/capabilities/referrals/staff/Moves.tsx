import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../staff/api.ts'
import { declineReasons, type Referral, referrals } from '../contract.ts'

const moves = ['acknowledge', 'accept', 'decline', 'revoke'] as const
const stale = ['referrals.read', 'referrals.list', 'referrals.caseFile', 'cases.list', 'cases.read'] as const

/** What this reader may do with the referral: only the moves that the server offers. */
export function Moves({ found }: { found: Referral }) {
  const { t } = useWords()
  const [view, setView] = useState<'' | 'accept' | 'decline' | 'revoke'>('')
  const errors = useFormErrors()
  const acknowledge = useCommand(referrals.acknowledge, stale)
  const revoke = useCommand(referrals.revoke, stale)
  const may = (move: string) => found.moves.includes(move)
  const on = { params: { referral: found.id }, version: found.version }
  if (!moves.some(may)) return null
  if (view === 'accept') return <Accept found={found} onDone={() => setView('')} />
  if (view === 'decline') return <Decline found={found} onDone={() => setView('')} />
  return (
    <Card>
      <ErrorSummary errors={errors.errors} />
      {may('acknowledge') && <p>{t('referral.acknowledge-hint')}</p>}
      <div className="actions">
        {may('accept') && (
          <Button onClick={() => setView('accept')}>
            {t(found.kind === 'identification' ? 'referral.accept-open' : 'referral.accept')}
          </Button>
        )}
        {may('acknowledge') && (
          <Button
            variant="secondary"
            busy={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ ...on, body: {} }, { onError: errors.take, onSuccess: errors.clear })}
          >
            {t('referral.acknowledge')}
          </Button>
        )}
        {may('decline') && (
          <Button variant="quiet" onClick={() => setView('decline')}>
            {t('referral.decline')}
          </Button>
        )}
        {may('revoke') && (
          <Button variant="secondary" onClick={() => setView('revoke')}>
            {t('referral.revoke')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={view === 'revoke'}
        title={t('referral.revoke.sure')}
        confirmLabel={t('referral.revoke')}
        tone="danger"
        busy={revoke.isPending}
        onCancel={() => setView('')}
        onConfirm={() => revoke.mutate({ ...on, body: {} }, { onError: errors.take, onSettled: () => setView('') })}
      />
    </Card>
  )
}

function Accept({ found, onDone }: { found: Referral; onDone: () => void }) {
  const { t } = useWords()
  const accept = useCommand(referrals.accept, stale)
  const errors = useFormErrors()
  const [answer, setAnswer] = useState('')
  const go = () =>
    accept.mutate(
      {
        params: { referral: found.id },
        version: found.version,
        body: answer.trim() ? { answer: answer.normalize('NFC') } : {},
      },
      { onSuccess: onDone, onError: errors.take },
    )
  return (
    <Card title={t('referral.accept.title')}>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        <TextArea
          name="answer"
          label={t('referral.accept.answer')}
          optional
          value={answer}
          onChange={event => setAnswer(event.target.value)}
          error={errors.of('answer')}
        />
        <div className="actions">
          <Button busy={accept.isPending} onClick={go}>
            {t(found.kind === 'identification' ? 'referral.accept-open' : 'referral.accept')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}

function Decline({ found, onDone }: { found: Referral; onDone: () => void }) {
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
