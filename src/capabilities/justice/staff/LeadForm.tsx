import { type Dispatch, type SetStateAction, useState } from 'react'
import type { In } from '#platform/contract/operation.ts'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { type Field, property } from '#ui/desk/three-way.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { handlings, informationGrades, type justice, type Lead, leadSubjects, sourceGrades } from '../contract.ts'

type Body = In<(typeof justice.changeLead)['body']>
export interface Draft {
  readonly title: string
  readonly about: readonly string[]
  readonly content: string
  readonly source: string
  readonly sourceGrade: string
  readonly informationGrade: string
  readonly handling: string
  readonly conditions: string
  readonly case: string
}
const nothing: Draft = {
  title: '',
  about: [],
  content: '',
  source: '',
  sourceGrade: '',
  informationGrade: '',
  handling: '',
  conditions: '',
  case: '',
}
const textOf = (typed: string) => typed.trim().normalize('NFC') || undefined

/** What a lead says now, as the form holds it. */
export const draftOf = (lead: Lead): Draft => ({
  title: lead.title ?? '',
  about: [...lead.about],
  content: lead.content ?? '',
  source: lead.source ?? '',
  sourceGrade: lead.sourceGrade,
  informationGrade: lead.informationGrade,
  handling: lead.handling,
  conditions: lead.conditions ?? '',
  case: lead.case ?? '',
})
export const useDraft = (lead?: Lead): [Draft, Dispatch<SetStateAction<Draft>>] =>
  useState<Draft>(() => (lead ? draftOf(lead) : nothing))
/** What two people may have changed at once, as the form names it. */
export function useLeadFields(): readonly Field<Draft>[] {
  const words = useWords()
  const { t } = words
  const text = (name: 'title' | 'content' | 'source' | 'conditions' | 'case') =>
    property<Draft, typeof name>(name, t(`justice.lead.${name}`), value => value)
  const grade = (value: string) => (value ? t(`justice.grade.${value}`) : '')
  return [
    text('title'),
    property<Draft, 'about'>('about', t('justice.lead.about'), all =>
      words.list(all.map(one => t(`justice.subject.${one}`))),
    ),
    text('content'),
    text('source'),
    property<Draft, 'sourceGrade'>('sourceGrade', t('justice.lead.source-grade'), grade),
    property<Draft, 'informationGrade'>('informationGrade', t('justice.lead.information-grade'), grade),
    property<Draft, 'handling'>('handling', t('justice.lead.handling'), value =>
      value ? t(`justice.handling.${value}`) : '',
    ),
    text('conditions'),
    text('case'),
  ]
}
/** As it is sent; what is still missing the server names. */
export const bodyOf = (draft: Draft): Body => ({
  title: textOf(draft.title) ?? '',
  about: draft.about as Body['about'],
  content: textOf(draft.content) ?? '',
  sourceGrade: draft.sourceGrade as Body['sourceGrade'],
  informationGrade: draft.informationGrade as Body['informationGrade'],
  handling: draft.handling as Body['handling'],
  source: textOf(draft.source),
  conditions: textOf(draft.conditions),
  case: textOf(draft.case),
})

/** The fields of a lead. */
export function LeadFields({
  draft,
  onChange,
  errorOf,
}: {
  draft: Draft
  onChange: Dispatch<SetStateAction<Draft>>
  errorOf: (field: string) => string | undefined
}) {
  const { t } = useWords()
  const set = (name: keyof Draft) => (value: string) => onChange(before => ({ ...before, [name]: value }))
  const typed = (name: 'title' | 'content' | 'source' | 'conditions' | 'case') => ({
    name,
    label: t(`justice.lead.${name}`),
    value: draft[name],
    error: errorOf(name),
    onChange: (event: { target: { value: string } }) => set(name)(event.target.value),
  })
  const chosen = (name: 'sourceGrade' | 'informationGrade' | 'handling', label: string) => ({
    name,
    label,
    value: draft[name],
    error: errorOf(name),
    placeholder: t('justice.choose'),
    onChange: (event: { target: { value: string } }) => set(name)(event.target.value),
  })
  const grades = (values: readonly string[]) => values.map(value => ({ value, label: t(`justice.grade.${value}`) }))
  return (
    <>
      <TextField {...typed('title')} hint={t('justice.lead.title-hint')} autoComplete="off" />
      <ChoiceGroup
        kind="checkbox"
        name="about"
        label={t('justice.lead.about')}
        value={draft.about}
        onChange={about => onChange(before => ({ ...before, about }))}
        error={errorOf('about')}
        inline
        options={leadSubjects.map(value => ({ value, label: t(`justice.subject.${value}`) }))}
      />
      <TextArea {...typed('content')} />
      <TextArea {...typed('source')} optional hint={t('justice.lead.source-hint')} />
      <p className="hint">{t('justice.lead.grading-about')}</p>
      <SelectField {...chosen('sourceGrade', t('justice.lead.source-grade'))} options={grades(sourceGrades)} />
      <SelectField
        {...chosen('informationGrade', t('justice.lead.information-grade'))}
        options={grades(informationGrades)}
      />
      <SelectField
        {...chosen('handling', t('justice.lead.handling'))}
        options={handlings.map(value => ({ value, label: t(`justice.handling.${value}`) }))}
      />
      <TextArea {...typed('conditions')} optional hint={t('justice.lead.conditions-hint')} />
      <TextField
        {...typed('case')}
        optional
        hint={t('justice.lead.case-hint')}
        width="medium"
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  )
}
