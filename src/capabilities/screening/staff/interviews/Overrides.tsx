import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { problemText } from '#ui/problem-text.ts'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
import { type Interview, overrideReasons } from '../../contract-instruments.ts'

/** What people say of a finding; what the rule said stays beside it. */
export function Overrides({ interview, finding, met }: { interview: Interview; finding: string; met: boolean }) {
  const words = useWords()
  const { t } = words
  const [open, setOpen] = useState(false)
  const said = interview.overrides.filter(one => one.finding === finding)
  const holds = said.at(-1)?.holds ?? met
  return (
    <div className="stack-close">
      {said.map(one => (
        <Banner
          key={one.id}
          title={t(one.holds ? 'screening.override.holds' : 'screening.override.holds-not', {
            name: one.by,
            when: words.dateTime(one.at),
          })}
        >
          {t(`screening.override.reason.${one.reason}`)}
          {one.why && <p className="told">{one.why}</p>}
        </Banner>
      ))}
      {open ? (
        <OverrideForm interview={interview.id} finding={finding} holds={!holds} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button variant="quiet" compact onClick={() => setOpen(true)}>
            {t('screening.override.open')}
          </Button>
        </div>
      )}
    </div>
  )
}

function OverrideForm({
  interview,
  finding,
  holds,
  onDone,
}: {
  interview: string
  finding: string
  holds: boolean
  onDone: () => void
}) {
  const words = useWords()
  const { t } = words
  const [id] = useState(newId)
  const [reason, setReason] = useState<(typeof overrideReasons)[number]>('misunderstood')
  const [why, setWhy] = useState('')
  const send = useCommand(screening.override, [screening.interviews.id])
  const problem = send.isError ? problemText(send.error, words) : undefined
  const errors = problem ? (problem.errors.length > 0 ? problem.errors : [{ message: problem.title }]) : []
  return (
    <div className="stack-close">
      <Form
        errors={errors}
        busy={send.isPending}
        submit={t('screening.override.save')}
        onSubmit={() =>
          send.mutate({ params: { interview }, body: { id, finding, holds, reason, why } }, { onSuccess: onDone })
        }
        lead={<p>{t(holds ? 'screening.override.to-holds' : 'screening.override.to-holds-not')}</p>}
      >
        <SelectField
          name="reason"
          label={t('screening.override.reason')}
          value={reason}
          onChange={event => setReason(event.target.value as typeof reason)}
          options={overrideReasons.map(value => ({ value, label: t(`screening.override.reason.${value}`) }))}
        />
        <TextArea
          name="why"
          label={t('screening.override.why')}
          value={why}
          error={errors.find(one => 'field' in one && one.field === 'why')?.message}
          onChange={event => setWhy(event.target.value)}
        />
      </Form>
      <div className="actions">
        <Button variant="quiet" compact onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </div>
  )
}
