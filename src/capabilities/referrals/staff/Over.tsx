import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Referral, referrals } from '../contract.ts'
import { endReasons, outcomes } from '../outcomes.ts'
import { stale } from './stale.ts'

/** What came of a service, or why it ends before it is done. */
export function Over({ found, how, onDone }: { found: Referral; how: 'finish' | 'end'; onDone: () => void }) {
  const { t } = useWords()
  const finish = useCommand(referrals.finish, stale)
  const end = useCommand(referrals.end, stale)
  const errors = useFormErrors()
  const [chosen, setChosen] = useState('')
  const field = how === 'finish' ? 'outcome' : 'reason'
  const on = { params: { referral: found.id }, version: found.version }
  const after = { onSuccess: onDone, onError: errors.take }
  const go = () => {
    if (!chosen) return errors.set([{ field, message: t('problem.field.required') }])
    if (how === 'finish') finish.mutate({ ...on, body: { outcome: chosen as 'helped' } }, after)
    else end.mutate({ ...on, body: { reason: chosen as 'other' } }, after)
  }
  const options =
    how === 'finish'
      ? outcomes.map(value => ({ value, label: t(`referral.outcome.${value}`) }))
      : endReasons.map(value => ({ value, label: t(`referral.end.${value}`) }))
  return (
    <Card>
      <div className="stack">
        <ErrorSummary errors={errors.errors} />
        <ChoiceGroup
          kind="radio"
          name={field}
          label={t(how === 'finish' ? 'referral.finish.title' : 'referral.end.title')}
          hint={t(how === 'finish' ? 'referral.finish.hint' : 'referral.end.hint')}
          value={chosen}
          onChange={setChosen}
          error={errors.of(field)}
          options={options}
        />
        <div className="actions">
          <Button busy={finish.isPending || end.isPending} onClick={go}>
            {t(how === 'finish' ? 'referral.finish' : 'referral.end')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </div>
      </div>
    </Card>
  )
}
