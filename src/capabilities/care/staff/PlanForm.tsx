import { useState } from 'react'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { useCommand } from '#staff/api.ts'
import { Overtaken } from '#staff/Overtaken.tsx'
import { useBase } from '#staff/use-base.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { actionOwners, type Plan } from '../contract-plan.ts'
import { typed, useOptions } from './choices.ts'
import { emptyAct, emptyGoal, type PlanDraft, planDraftOf, usePlanFields } from './plan-draft.ts'
import { Several } from './Several.tsx'
import { useBodies } from './use-bodies.ts'

/** Writes the draft of a plan. */
export function PlanForm({
  caseId,
  draft,
  agreed,
  onDone,
}: {
  caseId: string
  draft: Plan | undefined
  agreed: Plan | undefined
  onDone: () => void
}) {
  const { t } = useWords()
  const options = useOptions()
  const { bodies } = useBodies()
  const errors = useFormErrors()
  const save = useCommand(care.savePlan, ['care.plans', 'referrals.caseFile'])
  const stands = planDraftOf(draft ?? agreed)
  const base = useBase(draft?.version ?? 0, stands, 'care.plans')
  const [typedIn, setTypedIn] = useState(() => (stands.goals.length > 0 ? stands : { ...stands, goals: [emptyGoal()] }))
  const [begun] = useState(typedIn)
  const fields = usePlanFields([base.began, typedIn, base.theirs])
  const { goals, words } = typedIn
  const set = (change: Partial<PlanDraft>) => setTypedIn(now => ({ ...now, ...change }))
  useLeaveWarning(typedIn !== begun)
  const send = () =>
    save.mutate(
      {
        params: { case: caseId },
        version: base.version,
        body: {
          goals: goals.map(one => ({
            goal: one.goal.normalize('NFC'),
            actions: one.actions.map(({ id, service, what, owner, organisation, dueOn }) => ({
              id,
              service,
              what: what.normalize('NFC'),
              owner,
              ...(owner === 'provider' && organisation ? { organisation } : {}),
              ...(dueOn ? { dueOn } : {}),
            })),
          })) as never,
          ownWords: typed(words),
        },
      },
      {
        onSuccess: onDone,
        onError: thrown => {
          if (!base.refused(thrown)) errors.take(thrown)
        },
      },
    )
  return (
    <Card title={t('care.plan.write')}>
      <Overtaken
        base={base}
        fields={fields}
        mine={typedIn}
        onGoOn={merged => {
          setTypedIn(merged)
          errors.clear()
        }}
      />
      <Form
        errors={errors.errors}
        busy={save.isPending}
        submit={t('care.plan.save')}
        onSubmit={send}
        lead={<p>{t('care.plan.write-lead')}</p>}
      >
        <Several
          items={goals}
          onChange={all => set({ goals: all })}
          empty={emptyGoal}
          add={t('care.plan.add-goal')}
          remove={place => t('care.plan.remove-goal', { place })}
        >
          {(goal, change, g) => (
            <>
              <TextField
                name={`goals.${g}.goal`}
                label={t('care.plan.goal')}
                hint={t('care.plan.goal-hint')}
                value={goal.goal}
                onChange={event => change({ goal: event.target.value })}
                error={errors.of(`goals.${g}.goal`)}
              />
              <Several
                items={goal.actions}
                onChange={actions => change({ actions })}
                empty={emptyAct}
                add={t('care.plan.add-action')}
                remove={place => t('care.plan.remove-action', { place })}
              >
                {(one, alter, a) => {
                  const name = (field: string) => `goals.${g}.actions.${a}.${field}`
                  return (
                    <>
                      <TextField
                        name={name('what')}
                        label={t('care.plan.what')}
                        value={one.what}
                        onChange={event => alter({ what: event.target.value })}
                        error={errors.of(name('what'))}
                      />
                      <div className="care-row-fields">
                        <SelectField
                          name={name('service')}
                          label={t('care.plan.service')}
                          value={one.service}
                          onChange={event => alter({ service: event.target.value })}
                          placeholder={t('care.choose')}
                          options={options('service.kind', serviceKinds)}
                          error={errors.of(name('service'))}
                        />
                        <SelectField
                          name={name('owner')}
                          label={t('care.plan.owner')}
                          value={one.owner}
                          onChange={event => alter({ owner: event.target.value })}
                          placeholder={t('care.choose')}
                          options={options('care.owner', actionOwners)}
                          error={errors.of(name('owner'))}
                        />
                        {one.owner === 'provider' && (
                          <SelectField
                            name={name('organisation')}
                            label={t('care.plan.organisation')}
                            value={one.organisation}
                            onChange={event => alter({ organisation: event.target.value })}
                            placeholder={t('care.choose')}
                            options={bodies.map(body => ({ value: body.id, label: body.name }))}
                            error={errors.of(name('organisation'))}
                          />
                        )}
                      </div>
                      <DateField
                        name={name('dueOn')}
                        label={t('care.plan.due')}
                        optional
                        value={one.dueOn}
                        onChange={dueOn => alter({ dueOn })}
                        error={errors.of(name('dueOn'))}
                      />
                    </>
                  )
                }}
              </Several>
            </>
          )}
        </Several>
        <TextArea
          name="ownWords"
          label={t('care.plan.own-words')}
          hint={t('care.plan.own-words-hint')}
          optional
          value={words}
          onChange={event => set({ words: event.target.value })}
          error={errors.of('ownWords')}
        />
      </Form>
      <div className="actions">
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
