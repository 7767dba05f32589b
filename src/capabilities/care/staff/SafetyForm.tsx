import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Overtaken } from '#staff/Overtaken.tsx'
import { useBase } from '#staff/use-base.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { callWays, measureOwners, type SafetyPlan, threatSources, threatTargets } from '../contract-assessment.ts'
import { levelOf, reviewWithin, worstOf } from '../risk.ts'
import { typed, useOptions } from './choices.ts'
import { Matrix, RiskTag } from './Risk.tsx'
import { Several } from './Several.tsx'
import { type SafetyDraft, safetyDraftOf, useSafetyFields } from './safety-draft.ts'

export function SafetyForm({
  caseId,
  before,
  hasCodeWord,
  onDone,
}: {
  caseId: string
  before: SafetyPlan | null
  hasCodeWord: boolean
  onDone: () => void
}) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const change = useCommand(care.changeSafety, ['care.safety', 'tasks.today', 'referrals.caseFile'])
  const stands = safetyDraftOf(before)
  const base = useBase(before?.version ?? 0, stands, 'care.safety')
  const fields = useSafetyFields()
  const [draft, setDraft] = useState(stands)
  const [begun] = useState(draft)
  const [codeWord, setCodeWord] = useState('')
  const { threats, measures, ways, from, to, note, reviewOn } = draft
  const set = (change: Partial<SafetyDraft>) => setDraft(now => ({ ...now, ...change }))
  useLeaveWarning(draft !== begun || codeWord !== '')
  const rated = threats.filter(one => one.likelihood && one.impact)
  const worst = worstOf(rated.map(one => levelOf(Number(one.likelihood), Number(one.impact))))
  const numbers = ['1', '2', '3', '4', '5']
  const save = () =>
    change.mutate(
      {
        params: { case: caseId },
        version: base.version,
        body: {
          threats: threats.map(one => ({
            ...one,
            what: one.what.normalize('NFC'),
            likelihood: Number(one.likelihood),
            impact: Number(one.impact),
          })) as never,
          measures: measures.map(one => ({ ...one, what: one.what.normalize('NFC') })) as never,
          contact: { ways: ways as never, from: typed(from), to: typed(to), note: typed(note) },
          reviewOn,
          codeWord: typed(codeWord),
        },
      },
      {
        onSuccess: onDone,
        onError: thrown => {
          if (!base.refused(thrown)) errors.take(thrown)
        },
      },
    )
  const select = (
    name: string,
    label: string,
    value: string,
    list: { value: string; label: string }[],
    set: (v: string) => void,
  ) => (
    <SelectField
      name={name}
      label={label}
      value={value}
      onChange={event => set(event.target.value)}
      placeholder={t('care.choose')}
      options={list}
      error={errors.of(name)}
    />
  )
  const scale = (prefix: string) => numbers.map(value => ({ value, label: `${value} – ${t(`${prefix}.${value}`)}` }))
  return (
    <Card title={t('care.part.safety')}>
      <Overtaken
        base={base}
        fields={fields}
        mine={draft}
        onGoOn={merged => {
          setDraft(merged)
          errors.clear()
        }}
      />
      <Form
        errors={errors.errors}
        busy={change.isPending}
        submit={t('care.safety.save')}
        onSubmit={save}
        lead={<p>{t('care.safety.no-address')}</p>}
      >
        <h3>{t('care.safety.threats')}</h3>
        <Several
          items={threats}
          onChange={threats => set({ threats })}
          empty={() => ({ source: '', target: '', what: '', likelihood: '', impact: '' })}
          add={t('care.safety.add-threat')}
          remove={place => t('care.safety.remove-threat', { place })}
        >
          {(one, alter, at) => (
            <>
              <TextField
                name={`threats.${at}.what`}
                label={t('care.safety.what')}
                value={one.what}
                onChange={event => alter({ what: event.target.value })}
                error={errors.of(`threats.${at}.what`)}
              />
              <div className="care-row-fields">
                {select(
                  `threats.${at}.source`,
                  t('care.safety.source'),
                  one.source,
                  options('care.source', threatSources),
                  source => alter({ source }),
                )}
                {select(
                  `threats.${at}.target`,
                  t('care.safety.target'),
                  one.target,
                  options('care.target', threatTargets),
                  target => alter({ target }),
                )}
                {select(
                  `threats.${at}.likelihood`,
                  t('care.safety.likelihood'),
                  one.likelihood,
                  scale('care.likelihood'),
                  likelihood => alter({ likelihood }),
                )}
                {select(`threats.${at}.impact`, t('care.safety.impact'), one.impact, scale('care.impact'), impact =>
                  alter({ impact }),
                )}
              </div>
              {one.likelihood && one.impact && (
                <p>
                  <RiskTag level={levelOf(Number(one.likelihood), Number(one.impact))} />
                </p>
              )}
            </>
          )}
        </Several>
        <Matrix />
        <h3>{t('care.safety.measures')}</h3>
        <Several
          items={measures}
          onChange={measures => set({ measures })}
          empty={() => ({ what: '', owner: '' })}
          most={30}
          add={t('care.safety.add-measure')}
          remove={place => t('care.safety.remove-measure', { place })}
        >
          {(one, alter, at) => (
            <div className="care-row-fields">
              <TextField
                name={`measures.${at}.what`}
                label={t('care.safety.measure')}
                value={one.what}
                onChange={event => alter({ what: event.target.value })}
                error={errors.of(`measures.${at}.what`)}
              />
              {select(
                `measures.${at}.owner`,
                t('care.safety.owner'),
                one.owner,
                options('care.owner', measureOwners),
                owner => alter({ owner }),
              )}
            </div>
          )}
        </Several>
        <ChoiceGroup
          kind="checkbox"
          name="contact.ways"
          label={t('care.safety.ways')}
          hint={t('care.safety.ways-hint')}
          inline
          value={ways}
          onChange={ways => set({ ways })}
          options={options('care.way', callWays)}
          error={errors.of('contact.ways')}
        />
        <div className="care-row-fields">
          <TextField
            name="contact.from"
            type="time"
            label={t('care.safety.from')}
            optional
            value={from}
            onChange={event => set({ from: event.target.value })}
            error={errors.of('contact.from')}
          />
          <TextField
            name="contact.to"
            type="time"
            label={t('care.safety.to')}
            optional
            value={to}
            onChange={event => set({ to: event.target.value })}
            error={errors.of('contact.to')}
          />
        </div>
        <TextField
          name="contact.note"
          label={t('care.safety.contact-note')}
          optional
          value={note}
          onChange={event => set({ note: event.target.value })}
          error={errors.of('contact.note')}
        />
        <TextField
          name="codeWord"
          label={t('care.safety.code-word')}
          hint={t(hasCodeWord ? 'care.safety.code-word-keep' : 'care.safety.code-word-hint')}
          optional
          autoComplete="off"
          value={codeWord}
          onChange={event => setCodeWord(event.target.value)}
          error={errors.of('codeWord')}
        />
        <DateField
          name="reviewOn"
          label={t('care.safety.review-on')}
          hint={t('care.safety.review-hint', { days: reviewWithin(worst) })}
          value={reviewOn}
          onChange={reviewOn => set({ reviewOn })}
          error={errors.of('reviewOn')}
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
