import { type ReactNode, useState } from 'react'
import { TextToRead } from '#capabilities/consent/staff/parts.tsx'
import { useSession } from '#staff/session.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Before } from './before.ts'
import type { BeforeProps } from './DangerFirst.tsx'

/** Who will read this and what must be passed on, told to this listener before the first question. */
export function Limits({
  before,
  child,
  busy,
  problem,
  onChange,
  onContinue,
  onBack,
  onStop,
}: BeforeProps & { child: boolean; busy: boolean; problem: ReactNode }) {
  const { t } = useWords()
  const { me, organisation } = useSession()
  const [tried, setTried] = useState(false)
  const { givenBy, assent, toldAt } = before
  const needed: FieldError[] = [
    ...(givenBy === '' ? [{ field: 'givenBy', message: t('screening.interview.choose-one') }] : []),
    ...(givenBy === 'guardian' && assent === ''
      ? [{ field: 'assent', message: t('screening.interview.choose-one') }]
      : []),
    ...(toldAt === '' ? [{ field: 'told', message: t('screening.interview.told.needed') }] : []),
  ]
  const errors = tried ? needed : []
  const errorOf = (field: string) => errors.find(one => one.field === field)?.message
  return (
    <StepPage
      title={t('screening.page.limits.title')}
      caption={t('screening.interview.title')}
      hint={t('screening.page.limits.hint')}
      step={3}
      of={3}
      errors={errors}
      busy={busy}
      onContinue={() => (needed.length > 0 ? setTried(true) : onContinue())}
      onBack={onBack}
      onStop={onStop}
    >
      {problem}
      <TextToRead
        version="limits-1"
        spoken={before.language}
        values={() => ({ name: me.name, organisation: organisation.name })}
      />
      <ChoiceGroup
        kind="radio"
        name="givenBy"
        label={t('screening.field.limitsTold.givenBy')}
        error={errorOf('givenBy')}
        value={givenBy}
        onChange={value => onChange({ givenBy: value as Before['givenBy'] })}
        options={(child ? ['person', 'guardian', 'support-person'] : ['person', 'support-person']).map(value => ({
          value,
          label: t(`screening.option.limitsTold.givenBy.${value}`),
        }))}
      />
      {givenBy === 'guardian' && (
        <ChoiceGroup
          kind="radio"
          name="assent"
          label={t('consent.ask.how.assent')}
          error={errorOf('assent')}
          value={assent}
          onChange={value => onChange({ assent: value as Before['assent'] })}
          options={['yes', 'no'].map(value => ({ value, label: t(`consent.ask.how.assent.${value}`) }))}
        />
      )}
      <ChoiceGroup
        kind="checkbox"
        name="told"
        label={t('screening.option.told.yes')}
        hideLabel
        error={errorOf('told')}
        value={toldAt ? ['yes'] : []}
        // The moment of telling is the moment it is marked, not that of sending.
        onChange={value => onChange({ toldAt: value.length > 0 ? new Date().toISOString() : '' })}
        options={[{ value: 'yes', label: t('screening.option.told.yes') }]}
      />
    </StepPage>
  )
}
