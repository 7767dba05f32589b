import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { auth } from '#platform/auth/contract.ts'
import { dayNumber, instantOf } from '#platform/clocks/zone.ts'
import { mayHold, takesTwo } from '#platform/policy/bodies.ts'
import { type Role, roles } from '#platform/policy/roles.ts'
import { useAll } from '#staff/use-all.ts'
import { Banner } from '#ui/Banner.tsx'
import { DateField } from '#ui/DateField.tsx'
import { problemText } from '#ui/problem-text.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk } from '../api.ts'
import { Alone } from './Waiting.tsx'

/** A role in an organisation as it is being typed. */
export interface AssignmentDraft {
  role: string
  organisation: string
  /** A day, or empty for one without an end. */
  until: string
}
export const emptyAssignment: AssignmentDraft = { role: '', organisation: '', until: '' }

const lastMinute = 24 * 60 - 1
const isDay = (text: string): boolean => {
  try {
    dayNumber(text)
    return true
  } catch {
    return false
  }
}

/** The draft as the server takes it: a role that ends on a day ends with that day, by the country's clock. */
export const wireAssignment = ({ role, organisation, until }: AssignmentDraft, timeZone: string) => ({
  role: role as Role,
  organisation,
  ...(until ? { until: new Date(instantOf(timeZone, dayNumber(until), lastMinute)).toISOString() } : {}),
})

/** What is wrong with the draft, found here before it is sent or told by the server after. `under` is where it stands in the input. */
export function useAssignmentErrors(value: AssignmentDraft, error: unknown, under: string) {
  const words = useWords()
  const { t } = words
  const [checked, setChecked] = useState(false)
  const told = error ? problemText(error, words).errors : []
  const missing = (name: keyof AssignmentDraft): string | undefined => {
    if (name === 'until') return value.until && !isDay(value.until) ? t('problem.field.day') : undefined
    return value[name] ? undefined : t('problem.field.required')
  }
  const of = (name: keyof AssignmentDraft): string | undefined =>
    (checked ? missing(name) : undefined) ?? told.find(one => one.field === `${under}${name}`)?.message
  const names = ['role', 'organisation', 'until'] as const
  return {
    of,
    any: names.some(name => of(name) !== undefined),
    /** Whether it can be sent; from now on what is missing is shown. */
    check: (): boolean => {
      setChecked(true)
      return names.every(name => missing(name) === undefined)
    },
    /** For the summary above a form. */
    list: names.flatMap(field => {
      const message = of(field)
      return message ? [{ field, message: `${t(`people.${field}`)}: ${message}` }] : []
    }),
  }
}

/** Role, organisation and, if it ends, until when. */
export function AssignmentFields({
  value,
  onChange,
  errorOf,
}: {
  value: AssignmentDraft
  onChange: (value: AssignmentDraft) => void
  errorOf: (name: keyof AssignmentDraft) => string | undefined
}) {
  const { t } = useWords()
  const organisations = useAll(directory.list)
  const administrators = useAsk(auth.listWaiting, {}).data?.administrators
  const role = value.role as Role | ''
  const fitting = (of: Role | '') =>
    (organisations.data?.items ?? []).filter(one => one.active && (of === '' || mayHold(of, one)))
  const choose = (next: Role | '') => {
    const fits = fitting(next).some(one => one.id === value.organisation)
    onChange({ ...value, role: next, organisation: fits ? value.organisation : '' })
  }
  return (
    <>
      <SelectField
        name="role"
        label={t('people.role')}
        placeholder={t('people.role.choose')}
        options={roles.map(role => ({ value: role, label: t(`role.${role}`) }))}
        value={value.role}
        error={errorOf('role')}
        onChange={event => choose(event.target.value as Role | '')}
      />
      {role !== '' && takesTwo(role) && (
        <Banner role="status">
          <p>{t('people.role.second')}</p>
          {administrators === 1 && <Alone />}
        </Banner>
      )}
      <SelectField
        name="organisation"
        label={t('people.organisation')}
        placeholder={t('people.organisation.choose')}
        hint={role === '' ? undefined : t('people.role.fitting')}
        options={fitting(role).map(one => ({ value: one.id, label: one.name }))}
        value={value.organisation}
        error={errorOf('organisation')}
        onChange={event => onChange({ ...value, organisation: event.target.value })}
      />
      <DateField
        name="until"
        label={t('people.until')}
        hint={t('people.until.hint')}
        optional
        value={value.until}
        error={errorOf('until')}
        onChange={until => onChange({ ...value, until })}
      />
    </>
  )
}
