import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../../../staff/api.ts'
import { type Referral, referrals } from '../contract.ts'
import { Accept } from './Accept.tsx'
import { Decline } from './Decline.tsx'
import { Over } from './Over.tsx'
import { stale } from './stale.ts'

const moves = ['acknowledge', 'accept', 'decline', 'revoke', 'begin', 'finish', 'end'] as const

/** What this reader may do with the referral: only the moves that the server offers. */
export function Moves({ found }: { found: Referral }) {
  const { t } = useWords()
  const [view, setView] = useState<'' | 'accept' | 'decline' | 'revoke' | 'finish' | 'end'>('')
  const errors = useFormErrors()
  const acknowledge = useCommand(referrals.acknowledge, stale)
  const revoke = useCommand(referrals.revoke, stale)
  const begin = useCommand(referrals.begin, stale)
  const may = (move: string) => found.moves.includes(move)
  const on = { params: { referral: found.id }, version: found.version }
  if (!moves.some(may)) return null
  if (view === 'accept') return <Accept found={found} onDone={() => setView('')} />
  if (view === 'decline') return <Decline found={found} onDone={() => setView('')} />
  if (view === 'finish' || view === 'end') return <Over found={found} how={view} onDone={() => setView('')} />
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
        {may('begin') && (
          <Button
            busy={begin.isPending}
            onClick={() => begin.mutate({ ...on, body: {} }, { onError: errors.take, onSuccess: errors.clear })}
          >
            {t('referral.begin')}
          </Button>
        )}
        {may('finish') && (
          <Button variant={may('begin') ? 'secondary' : 'primary'} onClick={() => setView('finish')}>
            {t('referral.finish')}
          </Button>
        )}
        {may('end') && (
          <Button variant="quiet" onClick={() => setView('end')}>
            {t('referral.end')}
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
