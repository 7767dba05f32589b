import { Fragment, useState } from 'react'
import { Banner } from '#ui/Banner.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../staff/api.ts'
import { acts, type Case, cases, exploitations, means } from '../contract.ts'
import { type Cited, EvidenceFields, GroundsField, type GroundsTold } from './procedure/Grounds.tsx'
import { stale } from './stale.ts'

/** The decision that is next: a named person decides, element by element, with reasons and what the country asks for. */
export function DecideForm({ found }: { found: Case }) {
  const words = useWords()
  const { t } = words
  const decide = useCommand(cases.decide, stale)
  const errors = useFormErrors()
  const [outcome, setOutcome] = useState('')
  const [chosenActs, setActs] = useState<string[]>([])
  const [chosenMeans, setMeans] = useState<string[]>([])
  const [chosenExploitations, setExploitations] = useState<string[]>([])
  const [reasons, setReasons] = useState('')
  const [grounds, setGrounds] = useState<GroundsTold>({ act: '', means: '', purpose: '' })
  const [cited, setCited] = useState<Cited>({})
  const next = found.next!
  const wants = (need: 'grounds' | 'evidence') => next.positive.includes(need) || next.negative.includes(need)
  const told = (text: string) => text.normalize('NFC')
  const elements = [
    {
      ...{ element: 'act' as const, name: 'acts', label: t('case.decide.acts'), hint: undefined },
      ...{ values: acts, value: chosenActs, onChange: setActs },
    },
    {
      ...{ element: 'means' as const, name: 'means', label: t('case.decide.means') },
      hint: found.child ? t('case.decide.means-child') : undefined,
      ...{ values: means, value: chosenMeans, onChange: setMeans },
    },
    {
      ...{ element: 'purpose' as const, name: 'exploitations', label: t('case.decide.exploitations'), hint: undefined },
      ...{ values: exploitations, value: chosenExploitations, onChange: setExploitations },
    },
  ]
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
          reasons: told(reasons),
          ...(wants('grounds') && Object.values(grounds).some(one => one !== '')
            ? {
                grounds: {
                  act: told(grounds.act),
                  purpose: told(grounds.purpose),
                  ...(grounds.means ? { means: told(grounds.means) } : {}),
                },
              }
            : {}),
          ...(wants('evidence')
            ? { evidence: Object.entries(cited).map(([id, { kind, why }]) => ({ kind, id, why: told(why) })) }
            : {}),
        },
      },
      { onSuccess: errors.clear, onError: errors.take },
    )
  return (
    <Card title={t(`procedure.decide.${next.kind}`)}>
      <Form
        errors={errors.errors}
        busy={decide.isPending}
        submit={t('case.decide.save')}
        onSubmit={save}
        lead={
          <>
            <p className="procedure-threshold">{next.thresholds[words.lang] ?? next.thresholds.en}</p>
            <p>{t('case.decide.lead')}</p>
            {next.kind === 'reconsideration' && <Banner>{t('procedure.again')}</Banner>}
          </>
        }
      >
        <ChoiceGroup
          kind="radio"
          name="outcome"
          label={t(`procedure.outcome.${next.stage}`)}
          value={outcome}
          onChange={setOutcome}
          error={errors.of('outcome')}
          options={[
            { value: 'positive', label: t(`procedure.outcome.${next.stage}.positive`) },
            {
              value: 'negative',
              label: t(`procedure.outcome.${next.stage}.negative`),
              hint: t('case.decide.negative-hint'),
            },
          ]}
        />
        {elements.map(({ element, name, label, hint, values, value, onChange }) => (
          <Fragment key={element}>
            <ChoiceGroup
              kind="checkbox"
              name={name}
              label={label}
              hint={hint}
              value={value}
              onChange={onChange}
              error={errors.of(name)}
              options={values.map(one => ({ value: one, label: t(`element.${one}`) }))}
            />
            {wants('grounds') && (
              <GroundsField
                element={element}
                told={grounds}
                onChange={setGrounds}
                child={found.child}
                error={errors.of}
              />
            )}
          </Fragment>
        ))}
        {wants('evidence') && (
          <EvidenceFields caseId={found.id} stage={next.stage} cited={cited} onChange={setCited} error={errors.of} />
        )}
        <TextArea
          name="reasons"
          label={t('case.decide.reasons')}
          rows={wants('grounds') ? 2 : 4}
          hint={t(wants('grounds') ? 'case.decide.reasons-together' : 'case.decide.reasons-hint')}
          value={reasons}
          onChange={event => setReasons(event.target.value)}
          error={errors.of('reasons')}
        />
      </Form>
    </Card>
  )
}
