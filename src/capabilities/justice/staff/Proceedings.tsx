import { useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { Card } from '#ui/Card.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Lead } from '../contract.ts'

/** The criminal track of a lead: how far it came on the way to a court, and what is written down next. */
export function Proceedings({ one, stale }: { readonly one: Lead; readonly stale: readonly string[] }) {
  const words = useWords()
  const { t } = words
  const { state, after, steps, version } = one.proceedings
  const move = useCommand(justice.moveProceedings, stale)
  const errors = useFormErrors()
  const [to, setTo] = useState('')
  const [on, setOn] = useState('')
  const save = () =>
    move.mutate(
      { params: { lead: one.id }, version, body: { to: to as (typeof after)[number], on } },
      {
        onSuccess: () => {
          setTo('')
          setOn('')
          errors.clear()
        },
        onError: errors.take,
      },
    )
  return (
    <Card title={t('justice.proceedings')} aside={<Tag>{t(`justice.proceedings.${state}`)}</Tag>}>
      <div className="stack">
        {steps.length === 0 && <p>{t('justice.proceedings.none')}</p>}
        {steps.length > 0 && (
          <Timeline
            label={t('justice.proceedings')}
            level={3}
            entries={[...steps].reverse().map((step, at) => ({
              id: String(steps.length - at),
              when: step.on,
              title: t(`justice.proceedings.${step.state}`),
              body: t('justice.proceedings.by', { name: step.by, when: words.date(step.at, 'short') }),
            }))}
          />
        )}
        {after.length > 0 && (
          <Form
            errors={errors.errors}
            busy={move.isPending}
            submit={to !== '' && t('justice.proceedings.save')}
            onSubmit={save}
          >
            <SelectField
              name="to"
              label={t('justice.proceedings.next')}
              value={to}
              error={errors.of('to')}
              placeholder={t('justice.choose')}
              onChange={event => setTo(event.target.value)}
              options={after.map(value => ({ value, label: t(`justice.proceedings.${value}`) }))}
            />
            {to !== '' && (
              <DateField
                name="on"
                label={t('justice.proceedings.on')}
                value={on}
                onChange={setOn}
                error={errors.of('on')}
              />
            )}
          </Form>
        )}
      </div>
    </Card>
  )
}
