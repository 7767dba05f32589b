import { type ReactNode, useState } from 'react'
import { languageName } from '#platform/country/names.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import type { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { accessNeeds, costs, residences, servedExploitation, servedSexes, waysToAsk } from '../../choices.ts'
import { isSheltered, type Organisation, type ServiceKind, serviceKinds } from '../../contract.ts'
import { useCountry } from '../country/use-country.ts'
import { offeredLanguages } from '../offered-languages.ts'
import { usePlaceName } from '../use-place-name.ts'
import type { ServiceDraft } from './draft.ts'
import { HoursField } from './HoursField.tsx'
import { PublicField } from './PublicField.tsx'
import './services.css'

/** What is asked about a service. Only its kind is needed; what is left open asks nothing of anybody. */
export function ServiceForm({
  organisation,
  first,
  fixed,
  errors,
  busy,
  lead,
  onSubmit,
}: {
  organisation: Organisation
  first: ServiceDraft
  /** One that is there already: its kind stays what it is. */
  fixed?: string
  errors: ReturnType<typeof useFormErrors>
  busy: boolean
  lead: ReactNode
  onSubmit: (draft: ServiceDraft, hidden: boolean) => void
}) {
  const { t, lang } = useWords()
  const country = useCountry()
  const placeName = usePlaceName()
  const [draft, setDraft] = useState(first)
  const set = (part: Partial<ServiceDraft>) => setDraft(kept => ({ ...kept, ...part }))
  const hidden = isSheltered(organisation.kind, draft.kind as ServiceKind)
  const several = (name: 'residence' | 'exploitation' | 'accessNeeds', words: string, values: readonly string[]) => (
    <ChoiceGroup
      kind="checkbox"
      name={name}
      inline
      optional
      label={t(`service.form.${name === 'accessNeeds' ? 'access' : name}`)}
      error={errors.of(name)}
      options={values.map(value => ({ value, label: t(`service.${words}.${value}`) }))}
      value={draft[name]}
      onChange={value => set({ [name]: value })}
    />
  )
  const send = () => {
    if (draft.kind) onSubmit(draft, hidden)
    else errors.set([{ field: 'kind', message: t('problem.field.required') }])
  }
  return (
    <Form errors={errors.errors} busy={busy} submit={t('service.form.save')} onSubmit={send} lead={lead}>
      <fieldset className="service-part">
        <legend>{t('service.form.what')}</legend>
        {!fixed && (
          <SelectField
            name="kind"
            label={t('directory.service')}
            placeholder={t('directory.choose')}
            options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
            value={draft.kind}
            error={errors.of('kind')}
            onChange={event => set({ kind: event.target.value })}
          />
        )}
        <TextField
          name="name"
          label={t('service.form.name')}
          hint={t('service.form.name-hint')}
          optional
          maxLength={120}
          value={draft.name}
          error={errors.of('name')}
          onChange={event => set({ name: event.target.value })}
        />
        <TextArea
          name="description"
          label={t('service.form.description')}
          optional
          value={draft.description}
          error={errors.of('description')}
          onChange={event => set({ description: event.target.value })}
        />
        <ChoiceGroup
          kind="checkbox"
          name="languages"
          inline
          label={t('directory.languages')}
          options={offeredLanguages(country.data?.languages ?? [], first.languages).map(value => ({
            value,
            label: languageName(value, lang),
          }))}
          value={draft.languages}
          onChange={languages => set({ languages })}
        />
        {hidden ? (
          <p className="note">{t('directory.area.hidden')}</p>
        ) : (
          <SelectField
            name="area"
            label={t('directory.area')}
            placeholder={t('directory.area.all')}
            options={(country.data?.places ?? []).map(one => ({ value: one.code, label: placeName(one.code) }))}
            value={draft.area}
            error={errors.of('area')}
            onChange={event => set({ area: event.target.value })}
          />
        )}
      </fieldset>
      <fieldset className="service-part">
        <legend>{t('service.form.whom')}</legend>
        <p className="note">{t('service.form.whom-hint')}</p>
        <ChoiceGroup
          kind="checkbox"
          name="sexes"
          inline
          optional
          label={t('service.form.sexes')}
          options={servedSexes.map(value => ({ value, label: t(`service.served.${value}`) }))}
          value={draft.sexes}
          onChange={sexes => set({ sexes })}
        />
        <div className="hours-times">
          {(['minAge', 'maxAge'] as const).map(name => (
            <TextField
              key={name}
              name={name}
              label={t(`service.form.${name === 'minAge' ? 'min-age' : 'max-age'}`)}
              optional
              inputMode="numeric"
              width="short"
              value={draft[name]}
              error={errors.of(name)}
              onChange={event => set({ [name]: event.target.value.replace(/\D/g, '').slice(0, 3) })}
            />
          ))}
        </div>
        <ChoiceGroup
          kind="radio"
          name="withChildren"
          inline
          label={t('service.form.children')}
          options={[
            { value: 'yes', label: t('service.form.children.yes') },
            { value: 'no', label: t('service.form.children.no') },
            { value: '', label: t('service.form.children.unsaid') },
          ]}
          value={draft.children}
          onChange={children => set({ children })}
        />
        {several('residence', 'residence', residences)}
        {several('exploitation', 'exploitation', servedExploitation)}
      </fieldset>
      <fieldset className="service-part">
        <legend>{t('service.form.when')}</legend>
        <ChoiceGroup
          kind="checkbox"
          name="howToAsk"
          label={t('service.form.ask')}
          inline
          options={waysToAsk.map(value => ({ value, label: t(`service.ask.${value}`) }))}
          value={draft.howToAsk}
          onChange={howToAsk => set({ howToAsk })}
        />
        <HoursField hours={draft.hours} error={errors.of} onChange={hours => set({ hours })} />
        <ChoiceGroup
          kind="checkbox"
          name="openOnHolidays"
          hideLabel
          label={t('service.form.holidays')}
          options={[{ value: 'yes', label: t('service.form.holidays') }]}
          value={draft.holidays ? ['yes'] : []}
          onChange={value => set({ holidays: value.length > 0 })}
        />
        <SelectField
          name="cost"
          label={t('service.form.cost')}
          optional
          placeholder="–"
          options={costs.map(value => ({ value, label: t(`service.cost.${value}`) }))}
          value={draft.cost}
          onChange={event => set({ cost: event.target.value })}
        />
        {several('accessNeeds', 'access', accessNeeds)}
        {draft.kind === 'interpretation' && (
          <>
            <ChoiceGroup
              kind="checkbox"
              name="interpreterSexes"
              inline
              optional
              label={t('service.form.interpreters')}
              options={servedSexes.map(value => ({ value, label: t(`service.served.${value}`) }))}
              value={draft.interpreterSexes}
              onChange={interpreterSexes => set({ interpreterSexes })}
            />
            <TextField
              name="vouchedBy"
              label={t('service.form.vouched')}
              optional
              maxLength={120}
              value={draft.vouchedBy}
              error={errors.of('vouchedBy')}
              onChange={event => set({ vouchedBy: event.target.value })}
            />
          </>
        )}
        {!hidden && (
          <PublicField
            organisation={organisation.id}
            service={fixed}
            error={errors.of('public')}
            value={draft.public}
            onChange={value => set({ public: value })}
          />
        )}
      </fieldset>
    </Form>
  )
}
