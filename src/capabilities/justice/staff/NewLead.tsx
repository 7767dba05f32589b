import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { Form } from '#ui/Form.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice } from '../contract.ts'
import { type Bar, barOf, ClosedFromTheStart, nobody } from './LeadBars.tsx'
import { bodyOf, LeadFields, useDraft } from './LeadForm.tsx'

/** Writes down what was learned. */
export default function NewLead() {
  const { t } = useWords()
  const navigate = useNavigate()
  const make = useCommand(justice.makeLead, [justice.listLeads.id])
  const errors = useFormErrors()
  const [draft, setDraft] = useDraft()
  const [bars, setBars] = useState<readonly Bar[]>([])
  const [choice, setChoice] = useState(nobody)
  const save = () => {
    // Whom a lead is about must not find it for want of a button.
    const closedTo = [...bars, ...(choice.account || choice.reason ? [barOf(choice)] : [])]
    make.mutate(
      { body: { id: newId(), ...bodyOf(draft), ...(closedTo.length > 0 ? { closedTo } : {}) } },
      {
        onSuccess: ({ id }) => void navigate({ to: '/leads/$lead', params: { lead: id } } as never),
        onError: errors.take,
      },
    )
  }
  return (
    <div className="stack">
      <PageHeader
        title={t('justice.leads.new')}
        above={<Link to={'/leads' as never}>{t('justice.leads.title')}</Link>}
      />
      <Form errors={errors.errors} busy={make.isPending} submit={t('justice.lead.save')} onSubmit={save}>
        <LeadFields draft={draft} onChange={setDraft} errorOf={errors.of} />
        <ClosedFromTheStart
          bars={bars}
          choice={choice}
          onChange={(all, next) => {
            setBars(all)
            setChoice(next)
          }}
          errorOf={errors.of}
        />
      </Form>
    </div>
  )
}
