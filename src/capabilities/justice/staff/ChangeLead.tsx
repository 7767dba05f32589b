import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useAsk, useCommand } from '#staff/api.ts'
import { Overtaken } from '#staff/Overtaken.tsx'
import { useBase } from '#staff/use-base.ts'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { justice, type Lead } from '../contract.ts'
import { bodyOf, draftOf, LeadFields, useDraft, useLeadFields } from './LeadForm.tsx'

/** Changes what a lead says, on the version that was read. */
export default function ChangeLead() {
  const { t } = useWords()
  const { lead } = useParams({ strict: false }) as { lead: string }
  const found = useAsk(justice.readLead, { params: { lead } }, { staleTime: Number.POSITIVE_INFINITY })
  return (
    <div className="stack">
      <PageHeader
        title={t('justice.lead.change-title')}
        above={
          <Link to={'/leads/$lead' as string} params={{ lead } as never}>
            {found.data?.reference ?? t('justice.leads.title')}
          </Link>
        }
      />
      {found.isPending && <Loading lines={6} />}
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Change found={found.data} />}
    </div>
  )
}

function Change({ found }: { found: Lead }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const change = useCommand(justice.changeLead, [justice.readLead.id, justice.listLeads.id])
  const errors = useFormErrors()
  const [draft, setDraft] = useDraft(found)
  const base = useBase(found.version, draftOf(found), justice.readLead.id)
  const fields = useLeadFields()
  const save = () =>
    change.mutate(
      { params: { lead: found.id }, version: base.version, body: bodyOf(draft) },
      {
        onSuccess: () => void navigate({ to: '/leads/$lead', params: { lead: found.id } } as never),
        onError: thrown => {
          if (!base.refused(thrown)) errors.take(thrown)
        },
      },
    )
  return (
    <>
      <Overtaken
        base={base}
        fields={fields}
        mine={draft}
        onGoOn={merged => {
          setDraft(merged)
          errors.clear()
        }}
      />
      <Form errors={errors.errors} busy={change.isPending} submit={t('justice.lead.save-changes')} onSubmit={save}>
        <LeadFields draft={draft} onChange={setDraft} errorOf={errors.of} />
      </Form>
    </>
  )
}
