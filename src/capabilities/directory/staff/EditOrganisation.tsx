import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../../../staff/api.ts'
import { directory, type Organisation } from '../contract.ts'
import { OrganisationForm } from './OrganisationForm.tsx'

/** Changes what the directory says of an organisation, on the version that was read. */
export default function EditOrganisation() {
  const { organisation } = useParams({ strict: false })
  const asked = useAsk(directory.get, { params: { organisation: organisation ?? '' } })
  if (asked.isPending) return <Loading lines={8} />
  if (asked.error && !asked.data) return <Problem error={asked.error} onRetry={() => void asked.refetch()} />
  // What is typed stays when a newer version arrives; the server says when it no longer fits.
  return <Form key={asked.data.id} organisation={asked.data} />
}

function Form({ organisation }: { organisation: Organisation }) {
  const { t } = useWords()
  const go = useNavigate()
  const { id, name, kind, languages, phone, email } = organisation
  const [version, setVersion] = useState(organisation.version)
  const [active, setActive] = useState(organisation.active ? 'yes' : 'no')
  const change = useCommand(directory.change, [directory.get.id, directory.list.id])
  const page = `/organisations/${id}`
  const stale = (change.error as { code?: string } | null)?.code === 'version-stale'
  return (
    <>
      <PageHeader title={t('directory.edit')} above={<Link to={page}>{name}</Link>} />
      <OrganisationForm
        first={{ name, kind, languages, phone: phone ?? '', email: email ?? '' }}
        submit={t('directory.edit.do')}
        busy={change.isPending}
        error={change.error}
        backTo={page}
        more={
          <>
            {/* Who decides status is the law's choice, in the country pack, not a field here. */}
            <ChoiceGroup
              kind="radio"
              name="active"
              label={t('directory.active')}
              options={[
                { value: 'yes', label: t('directory.active.yes') },
                { value: 'no', label: t('directory.active.no'), hint: t('directory.active.no-hint') },
              ]}
              value={active}
              onChange={setActive}
            />
            {stale && organisation.version !== version && <p role="status">{t('directory.edit.again')}</p>}
          </>
        }
        onSubmit={fields =>
          change.mutate(
            { params: { organisation: id }, body: { ...fields, active: active === 'yes' }, version },
            {
              onSuccess: () => go({ to: page }),
              // The next press is made on what is there now, knowingly.
              onError: error =>
                (error as { code?: string }).code === 'version-stale' && setVersion(organisation.version),
            },
          )
        }
      />
    </>
  )
}
