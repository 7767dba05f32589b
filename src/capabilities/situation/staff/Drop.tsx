import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, type DropReason, dropReasons, situation } from '../contract.ts'

/** Lets an assessment go that was begun in error, or that nobody can make. */
export function Drop({ one }: { one: Assessment }) {
  const { t } = useWords()
  const drop = useCommand(situation.drop, [situation.read.id, situation.list.id])
  const [reason, setReason] = useState('')
  const [sure, setSure] = useState(false)
  return (
    <Card title={t('situation.drop')}>
      {drop.isError && <Problem error={drop.error} />}
      <p>{t('situation.drop.hint')}</p>
      <SelectField
        name="reason"
        label={t('situation.drop.reason')}
        value={reason}
        placeholder={t('situation.drop.choose')}
        onChange={event => setReason(event.target.value)}
        options={dropReasons.map(value => ({ value, label: t(`situation.drop.why.${value}`) }))}
      />
      <div className="actions">
        <Button variant="secondary" disabled={reason === ''} onClick={() => setSure(true)}>
          {t('situation.drop')}
        </Button>
      </div>
      <ConfirmDialog
        open={sure}
        title={t('situation.drop.sure')}
        confirmLabel={t('situation.drop')}
        busy={drop.isPending}
        onConfirm={() =>
          drop.mutate(
            { params: { assessment: one.id }, version: one.version, body: { reason: reason as DropReason } },
            { onSettled: () => setSure(false) },
          )
        }
        onCancel={() => setSure(false)}
      />
    </Card>
  )
}
