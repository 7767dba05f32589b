import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { newId, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { useAll } from '#staff/use-all.ts'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { ComboBox } from '#ui/desk/ComboBox.tsx'
import { Form } from '#ui/Form.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Subject, situation, subjects } from '../contract.ts'
import { useAreas } from './use-subject.ts'

/** Whom the new assessment is about. Who begins it is its first assessor. */
export default function NewAssessment() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { organisation: own } = useSession()
  const { options } = useAreas()
  const organisations = useAll(directory.list).data?.items ?? []
  const make = useCommand(situation.make, [situation.list.id])
  const errors = useFormErrors()
  const [subject, setSubject] = useState<Subject>('provider')
  const [organisation, setOrganisation] = useState('')
  const [area, setArea] = useState('')
  const save = () =>
    make.mutate(
      {
        body: {
          id: newId(),
          subject,
          ...(subject === 'provider' && organisation ? { organisation } : {}),
          ...(subject === 'area' && area ? { area } : {}),
        },
      },
      {
        onSuccess: ({ id }) => void navigate({ to: '/assessments/$assessment', params: { assessment: id } } as never),
        onError: errors.take,
      },
    )
  return (
    <div className="stack">
      <PageHeader
        title={t('situation.new')}
        above={<Link to={'/assessments' as never}>{t('situation.list.title')}</Link>}
      >
        {t('situation.new.lead')}
      </PageHeader>
      <Card>
        <Form errors={errors.errors} busy={make.isPending} submit={t('situation.new.begin')} onSubmit={save}>
          <ChoiceGroup
            kind="radio"
            name="subject"
            label={t('situation.about')}
            value={subject}
            onChange={value => setSubject(value as Subject)}
            options={subjects.map(value => ({
              value,
              label: t(`situation.subject.${value}`),
              hint: t(`situation.subject.${value}-hint`),
            }))}
          />
          {subject === 'provider' ? (
            <ComboBox
              name="organisation"
              label={t('situation.organisation')}
              value={organisation}
              onChange={setOrganisation}
              error={errors.of('organisation')}
              options={organisations
                .filter(one => one.active && one.id !== own.id)
                .map(one => ({ value: one.id, label: one.name }))}
            />
          ) : (
            <SelectField
              name="area"
              label={t('situation.area')}
              value={area}
              onChange={event => setArea(event.target.value)}
              error={errors.of('area')}
              placeholder="–"
              options={options}
            />
          )}
        </Form>
      </Card>
    </div>
  )
}
