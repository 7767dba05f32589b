import { Link } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { languageName } from '#platform/country/names.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { PhoneField } from '#ui/PhoneField.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../../../staff/api.ts'
import { directory, type OrganisationKind, organisationKinds } from '../contract.ts'
import './directory.css'
import { offeredLanguages } from './offered-languages.ts'

/** An organisation as it is being typed. */
export interface OrganisationDraft {
  name: string
  kind: string
  languages: readonly string[]
  phone: string
  email: string
}

/** The draft as the server takes it: what was left empty is left out. */
const wire = ({ name, kind, languages, phone, email }: OrganisationDraft) => ({
  name: name.trim().normalize('NFC'),
  kind: kind as OrganisationKind,
  languages: [...languages],
  ...(phone.trim() ? { phone: phone.trim() } : {}),
  ...(email.trim() ? { email: email.trim() } : {}),
})

/** What is asked about an organisation, new or known. */
export function OrganisationForm({
  first,
  submit,
  busy,
  error,
  backTo,
  more,
  onSubmit,
}: {
  first: OrganisationDraft
  submit: string
  busy: boolean
  error: unknown
  /** Where "cancel" leads. */
  backTo: string
  /** Further fields of the page, after ours. */
  more?: ReactNode
  onSubmit: (fields: ReturnType<typeof wire>) => void
}) {
  const words = useWords()
  const { t, lang } = words
  const country = useAsk(directory.country, {})
  const [draft, setDraft] = useState(first)
  const [checked, setChecked] = useState(false)
  const told = error ? problemText(error, words).errors : []
  const empty = (name: 'name' | 'kind') => checked && !draft[name].trim()
  const wrong = (name: keyof OrganisationDraft) =>
    (name === 'name' || name === 'kind') && empty(name)
      ? t('problem.field.required')
      : told.find(one => one.field === name)?.message
  const errors = (['name', 'kind', 'phone', 'email'] as const).flatMap(field => {
    const message = wrong(field)
    return message ? [{ field, message: `${t(`directory.${field}`)}: ${message}` }] : []
  })
  const set = (part: Partial<OrganisationDraft>) => setDraft({ ...draft, ...part })
  const send = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (draft.name.trim() && draft.kind && !busy) onSubmit(wire(draft))
  }
  return (
    <form className="short-form directory-form" onSubmit={send} noValidate>
      <ErrorSummary errors={errors} />
      {error && errors.length === 0 ? <Problem error={error} /> : null}
      <TextField
        name="name"
        label={t('directory.name')}
        maxLength={120}
        autoComplete="off"
        value={draft.name}
        error={wrong('name')}
        onChange={event => set({ name: event.target.value })}
      />
      <SelectField
        name="kind"
        label={t('directory.kind')}
        placeholder={t('directory.choose')}
        options={organisationKinds.map(value => ({ value, label: t(`organisation.kind.${value}`) }))}
        value={draft.kind}
        error={wrong('kind')}
        onChange={event => set({ kind: event.target.value })}
      />
      <PhoneField
        name="phone"
        label={t('directory.phone')}
        optional
        value={draft.phone}
        error={wrong('phone')}
        onChange={phone => set({ phone })}
      />
      <TextField
        name="email"
        label={t('directory.email')}
        hint={t('directory.email.hint')}
        optional
        type="email"
        autoComplete="off"
        value={draft.email}
        error={wrong('email')}
        onChange={event => set({ email: event.target.value })}
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
      {more}
      <div className="actions">
        <Button type="submit" busy={busy}>
          {submit}
        </Button>
        <Link to={backTo} className="button button-secondary">
          {t('ui.cancel')}
        </Link>
      </div>
    </form>
  )
}
