import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { directory, type Organisation, type Service, type ServiceKind } from '../../contract.ts'
import { draftOf, emptyDraft, type ServiceDraft, wire } from './draft.ts'
import { ServiceForm } from './ServiceForm.tsx'

const stale = [directory.get.id, directory.list.id, directory.services.id]

/** Adds a service, or says anew what one is. */
export default function ServicePage() {
  const { t } = useWords()
  const { organisation = '', service } = useParams({ strict: false }) as { organisation?: string; service?: string }
  const asked = useAsk(directory.get, { params: { organisation } })
  if (asked.isPending) return <Loading lines={8} />
  if (!asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  if (!service) return <Add organisation={asked.data} />
  const known = asked.data.services.find(one => one.id === service && one.active)
  return known ? <Change organisation={asked.data} service={known} /> : <EmptyState title={t('services.none')} />
}

function useBack(organisation: string) {
  const navigate = useNavigate()
  return () => void navigate({ to: '/organisations/$organisation', params: { organisation } })
}
const Lead = ({ organisation, title }: { organisation: Organisation; title: string }) => (
  <PageHeader
    title={title}
    above={
      <Link to="/organisations/$organisation" params={{ organisation: organisation.id }}>
        {organisation.name}
      </Link>
    }
  />
)

function Add({ organisation }: { organisation: Organisation }) {
  const { t } = useWords()
  const [id] = useState(newId)
  const errors = useFormErrors()
  const back = useBack(organisation.id)
  const offer = useCommand(directory.offer, stale)
  const save = (draft: ServiceDraft, hidden: boolean) =>
    offer.mutate(
      {
        params: { organisation: organisation.id },
        body: { id, kind: draft.kind as ServiceKind, ...wire(draft, hidden, []) },
      },
      { onSuccess: back, onError: errors.take },
    )
  return (
    <ServiceForm
      organisation={organisation}
      first={emptyDraft(organisation.languages)}
      errors={errors}
      busy={offer.isPending}
      lead={<Lead organisation={organisation} title={t('service.form.new')} />}
      onSubmit={save}
    />
  )
}

function Change({ organisation, service }: { organisation: Organisation; service: Service }) {
  const { t } = useWords()
  const errors = useFormErrors()
  const back = useBack(organisation.id)
  const change = useCommand(directory.changeService, stale)
  // What was seen when the page opened; after somebody else's change, whatever stands, once the reader was told.
  const [seen, setSeen] = useState<number | undefined>(service.version)
  const save = (draft: ServiceDraft, hidden: boolean) =>
    change.mutate(
      {
        params: { organisation: organisation.id, service: service.id },
        version: seen ?? service.version,
        body: wire(draft, hidden, service.nationalities),
      },
      {
        onSuccess: back,
        onError: error => {
          if ((error as { code?: string }).code !== 'version-stale') return errors.take(error)
          setSeen(undefined)
          errors.set([{ message: t('service.form.stale') }])
        },
      },
    )
  return (
    <ServiceForm
      organisation={organisation}
      first={draftOf(service)}
      fixed={service.id}
      errors={errors}
      busy={change.isPending}
      lead={
        <Lead
          organisation={organisation}
          title={`${t('service.form.change')}: ${service.name ?? t(`service.kind.${service.kind}`)}`}
        />
      }
      onSubmit={save}
    />
  )
}
