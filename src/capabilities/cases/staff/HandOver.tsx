import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import { charge } from '../contract-charge.ts'
import { stale } from './stale.ts'

/** Somebody leaves: their whole caseload goes to a colleague at once. */
export default function HandOver() {
  const { t } = useWords()
  const { organisation, role, me } = useSession()
  const found = useAsk(directory.get, { params: { organisation: organisation.id } })
  const handOver = useCommand(charge.handOver, stale)
  const errors = useFormErrors()
  const [from, setFrom] = useState(role === 'coordinator' ? me.account : '')
  const [to, setTo] = useState('')
  const [asking, setAsking] = useState(false)
  const coordinators = (found.data?.members ?? []).filter(one => one.role === 'coordinator')
  const nameOf = (account: string) => coordinators.find(one => one.account === account)?.name ?? ''
  const options = (but: string) =>
    coordinators.filter(one => one.account !== but).map(one => ({ value: one.account, label: one.name }))
  const go = () =>
    handOver.mutate(
      { params: { account: from }, body: { to } },
      { onError: errors.take, onSuccess: errors.clear, onSettled: () => setAsking(false) },
    )
  return (
    <div className="stack">
      <PageHeader title={t('case.hand-over')}>{t('case.hand-over.lead')}</PageHeader>
      <ErrorSummary errors={errors.errors} />
      {handOver.data && (
        <Banner tone={handOver.data.left > 0 ? 'warning' : 'good'} role="status">
          {t('case.hand-over.done', { count: handOver.data.moved })}{' '}
          {handOver.data.left > 0 && t('case.hand-over.left', { count: handOver.data.left })}
        </Banner>
      )}
      <SelectField
        name="account"
        label={t('case.hand-over.from')}
        value={from}
        disabled={role === 'coordinator'}
        onChange={event => setFrom(event.target.value)}
        placeholder="–"
        options={options(to)}
      />
      <SelectField
        name="to"
        label={t('case.hand-over.to')}
        value={to}
        onChange={event => setTo(event.target.value)}
        placeholder="–"
        options={options(from)}
        error={errors.of('to')}
      />
      <div className="actions">
        <Button disabled={!from || !to} onClick={() => setAsking(true)}>
          {t('case.hand-over.save')}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={t('case.hand-over.sure', { from: nameOf(from), to: nameOf(to) })}
        confirmLabel={t('case.hand-over.save')}
        busy={handOver.isPending}
        onConfirm={go}
        onCancel={() => setAsking(false)}
      />
    </div>
  )
}
