import { useState } from 'react'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../staff/api.ts'
import { acts, type Case, cases, exploitations, means } from '../contract.ts'
import { stale } from './stale.ts'

/** A named person decides, element by element, with reasons. */
export function DecideForm({ found }: { found: Case }) {
  const { t } = useWords()
  const decide = useCommand(cases.decide, stale)
  const errors = useFormErrors()
  const [outcome, setOutcome] = useState('')
  const [chosenActs, setActs] = useState<string[]>([])
  const [chosenMeans, setMeans] = useState<string[]>([])
  const [chosenExploitations, setExploitations] = useState<string[]>([])
  const [reasons, setReasons] = useState('')
  const labelled = (values: readonly string[]) => values.map(value => ({ value, label: t(`element.${value}`) }))
  const save = () =>
    decide.mutate(
      {
        params: { case: found.id },
        version: found.version,
        body: {
          id: newId(),
          outcome: outcome as 'positive',
          acts: chosenActs as never,
          means: chosenMeans as never,
          exploitations: chosenExploitations as never,
          reasons: reasons.normalize('NFC'),
        },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <Card title={t('case.decide')}>
      <Form
        errors={errors.errors}
        busy={decide.isPending}
        submit={t('case.decide.save')}
        onSubmit={save}
        lead={<p>{t('case.decide.lead')}</p>}
      >
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t('case.decide.outcome')}
          value={outcome}
          onChange={setOutcome}
          error={errors.of('outcome')}
          options={[
            { value: 'positive', label: t('case.decide.positive') },
            { value: 'negative', label: t('case.decide.negative'), hint: t('case.decide.negative-hint') },
          ]}
        />
        <ChoiceGroup
          kind="checkbox"
          name="acts"
          label={t('case.decide.acts')}
          value={chosenActs}
          onChange={setActs}
          error={errors.of('acts')}
          options={labelled(acts)}
        />
        <ChoiceGroup
          kind="checkbox"
          name="means"
          label={t('case.decide.means')}
          hint={found.child ? t('case.decide.means-child') : undefined}
          value={chosenMeans}
          onChange={setMeans}
          error={errors.of('means')}
          options={labelled(means)}
        />
        <ChoiceGroup
          kind="checkbox"
          name="exploitations"
          label={t('case.decide.exploitations')}
          value={chosenExploitations}
          onChange={setExploitations}
          error={errors.of('exploitations')}
          options={labelled(exploitations)}
        />
        <TextArea
          name="reasons"
          label={t('case.decide.reasons')}
          hint={t('case.decide.reasons-hint')}
          value={reasons}
          onChange={event => setReasons(event.target.value)}
          error={errors.of('reasons')}
        />
      </Form>
    </Card>
  )
}
