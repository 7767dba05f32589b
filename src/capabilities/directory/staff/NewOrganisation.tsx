import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useWords } from '#ui/words-context.tsx'
import { newId, useCommand } from '../../../staff/api.ts'
import { directory } from '../contract.ts'
import { OrganisationForm } from './OrganisationForm.tsx'

/** Adds an organisation to the country's directory. */
export default function NewOrganisation() {
  const { t } = useWords()
  const go = useNavigate()
  const [id] = useState(newId)
  const create = useCommand(directory.create, [directory.list.id])
  return (
    <>
      <PageHeader title={t('directory.new')} above={<Link to="/organisations">{t('directory.title')}</Link>} />
      <OrganisationForm
        first={{ name: '', kind: '', languages: [], phone: '', email: '' }}
        submit={t('directory.new.do')}
        busy={create.isPending}
        error={create.error}
        backTo="/organisations"
        onSubmit={fields =>
          create.mutate(
            { body: { id, ...fields } },
            { onSuccess: () => go({ to: '/organisations/$organisation', params: { organisation: id } }) },
          )
        }
      />
    </>
  )
}
