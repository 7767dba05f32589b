import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Summary } from '#ui/Summary.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { type Guardian, guardianEnds, guardianProofs, guardianRelations } from '../contract-closing.ts'
import { typed, useOptions } from './choices.ts'

const stale = ['care.child', 'tasks.today', 'care.closing', 'referrals.caseFile', 'cases.read'] as const

/** Who speaks for the child, and who did before. */
export function Guardians({ caseId, guardians }: { caseId: string; guardians: readonly Guardian[] }) {
  const words = useWords()
  const { t } = words
  const live = guardians.find(one => one.endedAt === null)
  const ended = guardians.filter(one => one.endedAt !== null)
  return (
    <>
      {!live && (
        <>
          <Banner tone="warning">{t('care.guardian.none')}</Banner>
          <Name caseId={caseId} />
        </>
      )}
      {live && (
        <Card title={t('care.guardian')}>
          <Summary
            rows={[
              { term: t('care.guardian.name'), value: live.name },
              { term: t('care.guardian.relation'), value: t(`care.guardian.relation.${live.relation}`) },
              { term: t('care.guardian.phone'), value: live.phone },
              { term: t('care.guardian.verified'), value: t(`care.guardian.verified.${live.verified}`) },
              { term: t('care.guardian.how'), value: live.how },
              { term: t('care.guardian.since'), value: words.dateTime(live.at) },
            ]}
          />
          <End caseId={caseId} guardian={live} />
        </Card>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{t('care.guardian.before')}</summary>
          <ul className="plain-list">
            {ended.map(one => (
              <li key={one.id}>
                {one.name}, {t(`care.guardian.end.${one.endedWhy}`)}, {words.date(one.endedAt!)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function End({ caseId, guardian }: { caseId: string; guardian: Guardian }) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const end = useCommand(care.endGuardian, stale)
  const [why, setWhy] = useState('')
  const save = () =>
    end.mutate(
      { params: { case: caseId, guardian: guardian.id }, version: guardian.version, body: { why: why as 'died' } },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <div className="stack">
      <ErrorSummary errors={errors.errors} />
      <SelectField
        name="why"
        label={t('care.guardian.end')}
        value={why}
        onChange={event => setWhy(event.target.value)}
        placeholder={t('care.choose')}
        options={options('care.guardian.end', guardianEnds)}
        error={errors.of('why')}
      />
      <div className="actions">
        <Button variant="secondary" disabled={why === ''} busy={end.isPending} onClick={save}>
          {t('care.guardian.end-save')}
        </Button>
      </div>
    </div>
  )
}

function Name({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const name = useCommand(care.nameGuardian, stale)
  const [said, setSaid] = useState({ name: '', phone: '', relation: '', verified: '', how: '', suspected: '' })
  const set = (part: Partial<typeof said>) => setSaid({ ...said, ...part })
  const save = () => {
    if (said.suspected === '') return errors.set([{ field: 'suspected', message: t('care.guardian.suspected-needed') }])
    name.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          name: said.name.normalize('NFC'),
          phone: typed(said.phone),
          relation: said.relation as 'other',
          verified: said.verified as 'court-order',
          how: said.how.normalize('NFC'),
          suspected: said.suspected === 'yes',
        },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  }
  const field = (part: 'name' | 'phone' | 'how', more: { optional?: boolean } = {}) => (
    <TextField
      name={part}
      label={t(`care.guardian.${part}`)}
      value={said[part]}
      onChange={event => set({ [part]: event.target.value })}
      error={errors.of(part)}
      {...more}
    />
  )
  const select = (part: 'relation' | 'verified', values: readonly string[]) => (
    <SelectField
      name={part}
      label={t(`care.guardian.${part}`)}
      value={said[part]}
      onChange={event => set({ [part]: event.target.value })}
      placeholder={t('care.choose')}
      options={options(`care.guardian.${part}`, values)}
      error={errors.of(part)}
    />
  )
  return (
    <Card title={t('care.guardian.add')}>
      <Form errors={errors.errors} busy={name.isPending} submit={t('care.guardian.save')} onSubmit={save}>
        {field('name')}
        {select('relation', guardianRelations)}
        {field('phone', { optional: true })}
        {select('verified', guardianProofs)}
        {field('how')}
        <ChoiceGroup
          kind="radio"
          name="suspected"
          label={t('care.guardian.suspected')}
          hint={t('care.guardian.suspected-hint')}
          inline
          value={said.suspected}
          onChange={suspected => set({ suspected })}
          options={options('case', ['no', 'yes'])}
          error={errors.of('suspected')}
        />
      </Form>
    </Card>
  )
}
