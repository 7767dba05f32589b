import { useState } from 'react'
import { serviceKinds } from '#capabilities/directory/contract.ts'
import { newId, useCommand } from '#staff/api.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { care } from '../contract.ts'
import { type Assessment, domains, factors, levels, needUrgencies, severities } from '../contract-assessment.ts'
import { typed, useOptions } from './choices.ts'
import { Several } from './Several.tsx'

type Determinant = Record<'level' | 'factor' | 'severity' | 'evidence', string>
interface Domain {
  domain: string
  severity: string
  note: string
  determinants: Determinant[]
}
type Need = Record<'service' | 'urgency' | 'note', string>

const emptyDomain = (): Domain => ({ domain: '', severity: '', note: '', determinants: [] })
/** Whoever assesses again begins from what was found last: what has changed is what they type. */
const from = (before: Assessment | undefined) => ({
  domains: before?.domains.map(one => ({ ...one, note: one.note ?? '' })) ?? [emptyDomain()],
  needs: before?.needs.map(one => ({ ...one, note: one.note ?? '' })) ?? [],
})

export function AssessForm({
  caseId,
  before,
  onDone,
}: {
  caseId: string
  before: Assessment | undefined
  onDone: () => void
}) {
  const { t } = useWords()
  const options = useOptions()
  const errors = useFormErrors()
  const assess = useCommand(care.assess, ['care.assessments', 'referrals.caseFile'])
  const [begun] = useState(() => from(before))
  const [said, setSaid] = useState<Domain[]>(begun.domains)
  const [needs, setNeeds] = useState<Need[]>(begun.needs)
  useLeaveWarning(said !== begun.domains || needs !== begun.needs)
  const save = () =>
    assess.mutate(
      {
        params: { case: caseId },
        body: {
          id: newId(),
          domains: said.map(one => ({
            domain: one.domain,
            severity: one.severity,
            note: typed(one.note),
            determinants: one.determinants.map(each => ({ ...each, evidence: each.evidence.normalize('NFC') })),
          })) as never,
          needs: needs.map(one => ({ ...one, note: typed(one.note) })) as never,
        },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  const select = (
    name: string,
    label: string,
    value: string,
    list: [string, readonly string[]],
    set: (v: string) => void,
  ) => (
    <SelectField
      name={name}
      label={label}
      value={value}
      onChange={event => set(event.target.value)}
      placeholder={t('care.choose')}
      options={options(...list)}
      error={errors.of(name)}
    />
  )
  return (
    <Card title={t('care.assessment.new')}>
      <Form
        errors={errors.errors}
        busy={assess.isPending}
        submit={t('care.assessment.save')}
        onSubmit={save}
        lead={<p>{t('care.assessment.health-hint')}</p>}
      >
        <Several
          items={said}
          onChange={setSaid}
          empty={emptyDomain}
          most={domains.length}
          add={t('care.assessment.add-domain')}
          remove={place => t('care.assessment.remove-domain', { place })}
        >
          {(one, change, at) => (
            <>
              <div className="care-row-fields">
                {select(
                  `domains.${at}.domain`,
                  t('care.assessment.domain'),
                  one.domain,
                  ['care.domain', domains],
                  domain => change({ domain }),
                )}
                {select(
                  `domains.${at}.severity`,
                  t('care.assessment.severity'),
                  one.severity,
                  ['care.severity', severities],
                  severity => change({ severity }),
                )}
              </div>
              <TextArea
                name={`domains.${at}.note`}
                label={t('care.assessment.note')}
                optional
                rows={2}
                value={one.note}
                onChange={event => change({ note: event.target.value })}
                error={errors.of(`domains.${at}.note`)}
              />
              <Several
                items={one.determinants}
                onChange={determinants => change({ determinants })}
                empty={(): Determinant => ({ level: '', factor: '', severity: '', evidence: '' })}
                add={t('care.assessment.add-determinant')}
                remove={place => t('care.assessment.remove-determinant', { place })}
              >
                {(each, alter, nth) => {
                  const name = (field: string) => `domains.${at}.determinants.${nth}.${field}`
                  return (
                    <>
                      <div className="care-row-fields">
                        {select(
                          name('factor'),
                          t('care.assessment.factor'),
                          each.factor,
                          ['care.factor', factors],
                          factor => alter({ factor }),
                        )}
                        {select(name('level'), t('care.assessment.level'), each.level, ['care.level', levels], level =>
                          alter({ level }),
                        )}
                        {select(
                          name('severity'),
                          t('care.assessment.weight'),
                          each.severity,
                          ['care.severity', severities],
                          severity => alter({ severity }),
                        )}
                      </div>
                      <TextField
                        name={name('evidence')}
                        label={t('care.assessment.evidence')}
                        value={each.evidence}
                        onChange={event => alter({ evidence: event.target.value })}
                        error={errors.of(name('evidence'))}
                      />
                    </>
                  )
                }}
              </Several>
            </>
          )}
        </Several>
        <h3>{t('care.needs')}</h3>
        <Several
          items={needs}
          onChange={setNeeds}
          empty={(): Need => ({ service: '', urgency: '', note: '' })}
          most={30}
          add={t('care.assessment.add-need')}
          remove={place => t('care.assessment.remove-need', { place })}
        >
          {(one, change, at) => (
            <div className="care-row-fields">
              {select(
                `needs.${at}.service`,
                t('care.assessment.need'),
                one.service,
                ['service.kind', serviceKinds],
                service => change({ service }),
              )}
              {select(
                `needs.${at}.urgency`,
                t('care.assessment.urgency'),
                one.urgency,
                ['care.need', needUrgencies],
                urgency => change({ urgency }),
              )}
              <TextField
                name={`needs.${at}.note`}
                label={t('care.assessment.need-note')}
                optional
                value={one.note}
                onChange={event => change({ note: event.target.value })}
                error={errors.of(`needs.${at}.note`)}
              />
            </div>
          )}
        </Several>
      </Form>
      <div className="actions">
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Card>
  )
}
