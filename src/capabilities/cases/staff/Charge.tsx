import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../staff/api.ts'
import { useSession } from '../../../staff/session.ts'
import type { Case } from '../contract.ts'
import { charge, type HandOverItem, type HandOverState, handOverStates, itemsFor } from '../contract-charge.ts'
import { stale } from './stale.ts'

/** Gives the case to a coordinator; where somebody has it, with what was gone through before. */
export function Charge({ found }: { found: Case }) {
  const { t } = useWords()
  const { organisation, me } = useSession()
  const members = useAsk(directory.get, { params: { organisation: organisation.id } })
  const assign = useCommand(charge.assign, [...stale, charge.lastHandOver.id])
  const errors = useFormErrors()
  const [coordinator, setCoordinator] = useState('')
  const [gone, setGone] = useState<Partial<Record<HandOverItem, HandOverState>>>({})
  const coordinators = (members.data?.members ?? []).filter(
    one => one.role === 'coordinator' && one.account !== found.coordinator,
  )
  if (members.isSuccess && coordinators.length === 0)
    return (
      <Card title={t('case.assign')}>
        <p>{t('case.assign.nobody')}</p>
      </Card>
    )
  const items = found.coordinator === null ? [] : itemsFor(found.child)
  const own = found.coordinator === me.account
  const states = handOverStates.filter(one => !own || one !== 'not-yet')
  const save = () => {
    const handOver = items.flatMap(item => (gone[item] ? [{ item, state: gone[item] }] : []))
    assign.mutate(
      {
        params: { case: found.id },
        body: { coordinator, ...(items.length > 0 ? { handOver } : {}) },
        version: found.version,
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  }
  return (
    <Card title={t(found.coordinator === null ? 'case.assign' : 'case.charge.pass-on')}>
      <ErrorSummary errors={errors.errors} />
      <SelectField
        name="coordinator"
        label={t('case.assign.label')}
        value={coordinator}
        onChange={event => setCoordinator(event.target.value)}
        placeholder={t('case.assign.choose')}
        options={coordinators.map(one => ({ value: one.account, label: one.name }))}
        error={errors.of('coordinator')}
      />
      {coordinator !== '' && items.length > 0 && (
        <div className="stack">
          <p>{t(own ? 'case.charge.lead-own' : 'case.charge.lead')}</p>
          {items.map((item, at) => (
            <ChoiceGroup
              key={item}
              kind="radio"
              name={`handOver.${at}`}
              label={t(`case.charge.item.${item}`)}
              inline
              value={gone[item] ?? ''}
              onChange={value => setGone({ ...gone, [item]: value as HandOverState })}
              options={states.map(value => ({ value, label: t(`case.charge.state.${value}`) }))}
              error={errors.of(`handOver.${at}`)}
            />
          ))}
        </div>
      )}
      <div className="actions">
        <Button variant="secondary" disabled={coordinator === ''} busy={assign.isPending} onClick={save}>
          {t('case.assign.save')}
        </Button>
      </div>
    </Card>
  )
}

/** What whoever was in charge before went through, for who is in charge now; nothing where nobody was. */
export function Handed({ caseId }: { caseId: string }) {
  const words = useWords()
  const { t } = words
  const { data } = useAsk(charge.lastHandOver, { params: { case: caseId } })
  if (!data?.last) return null
  const { fromName, at, items } = data.last
  const open = items.filter(one => one.state === 'not-yet').length
  return (
    <Card title={t('case.charge.handed', { name: fromName, when: words.dateTime(at) })}>
      {open > 0 && <p>{t('case.charge.open', { count: open })}</p>}
      <Summary
        rows={items.map(one => ({
          term: t(`case.charge.item.${one.item}`),
          value: (
            <Tag tone={one.state === 'not-yet' ? 'warning' : 'neutral'}>{t(`case.charge.state.${one.state}`)}</Tag>
          ),
        }))}
      />
    </Card>
  )
}
