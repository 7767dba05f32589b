import { useState } from 'react'
import { auth, type Refusal, refusals } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useCommand } from '../api.ts'
import type { AccountView } from './Person.tsx'
import { useProvenCommand } from './step-up.tsx'

const stale = [auth.getAccount.id, auth.listAccounts.id, auth.listWaiting.id]

/** Under a role that waits: what it waits for and, for the second person, their yes or no. */
export function WaitingRole({ person, one }: { person: AccountView; one: AccountView['assignments'][number] }) {
  const { t } = useWords()
  const [asking, setAsking] = useState<'confirm' | 'refuse'>()
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const confirm = useProvenCommand(auth.confirmAssignment, stale)
  const refuse = useCommand(auth.refuseAssignment, stale)
  const params = { assignment: one.id }
  const { name } = person
  const role = t('people.role.at', { role: t(`role.${one.role}`), organisation: one.organisation.name })
  const doConfirm = () => {
    setAsking(undefined)
    confirm.mutate({ params })
  }
  const doRefuse = () => {
    setChecked(true)
    if (!reason) return
    setAsking(undefined)
    refuse.mutate({ params, body: { reason: reason as Refusal } })
  }
  return (
    <div className="waiting-role">
      <p>{t('people.waiting.text', { name: one.askedBy ?? '', organisation: one.organisation.name })}</p>
      {person.status === 'invited' && <p>{t('people.waiting.not-in', { name })}</p>}
      {confirm.error && <Problem error={confirm.error} />}
      {refuse.error && <Problem error={refuse.error} />}
      {one.answerable && (
        <div className="actions">
          {person.status === 'active' && (
            <Button
              busy={confirm.isPending}
              aria-label={t('people.waiting.confirm-named', { role })}
              onClick={() => setAsking('confirm')}
            >
              {t('people.waiting.confirm')}
            </Button>
          )}
          <Button
            variant="secondary"
            busy={refuse.isPending}
            aria-label={t('people.waiting.refuse-named', { role })}
            onClick={() => setAsking('refuse')}
          >
            {t('people.waiting.refuse')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asking === 'confirm'}
        title={t('people.waiting.confirm-question', { name })}
        confirmLabel={t('people.waiting.confirm')}
        onConfirm={doConfirm}
        onCancel={() => setAsking(undefined)}
      >
        <div className="stack-close">
          <p>{role}</p>
          <p>{t('people.waiting.confirm-text', { name })}</p>
        </div>
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'refuse'}
        title={t('people.waiting.refuse-question', { name })}
        confirmLabel={t('people.waiting.refuse')}
        tone="danger"
        onConfirm={doRefuse}
        onCancel={() => setAsking(undefined)}
      >
        <div className="stack-close">
          <p>{role}</p>
          <p>{t('people.waiting.refuse-text')}</p>
          <ChoiceGroup
            kind="radio"
            name="reason"
            label={t('people.waiting.reason')}
            options={refusals.map(value => ({ value, label: t(`people.refusal.${value}`) }))}
            value={reason}
            error={checked && !reason ? t('problem.field.required') : undefined}
            onChange={setReason}
          />
        </div>
      </ConfirmDialog>
    </div>
  )
}
