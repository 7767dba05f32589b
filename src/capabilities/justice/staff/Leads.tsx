import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSession } from '#staff/session.ts'
import { usePages } from '#staff/use-pages.ts'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { justice, type LeadRow, leadStatuses, leadSubjects } from '../contract.ts'
import { LeadTag } from './tags.tsx'

/** The leads of the body, or those that were shared with a prosecutor by name. */
export default function Leads() {
  const words = useWords()
  const { t } = words
  const { role } = useSession()
  const [typed, setTyped] = useState('')
  const [status, setStatus] = useState('')
  const [about, setAbout] = useState('')
  const [mine, setMine] = useState('')
  const pages = usePages(justice.listLeads, {
    words: typed.trim().normalize('NFC') || undefined,
    status: status || undefined,
    about: about || undefined,
    mine: mine || undefined,
  })
  const options = (values: readonly string[], prefix: string) =>
    values.map(value => ({ value, label: t(`${prefix}.${value}`) }))
  return (
    <ListPage<LeadRow>
      {...pages}
      title={t('justice.leads.title')}
      lead={t('justice.leads.lead')}
      caption={t('justice.leads.caption')}
      actions={
        role === 'investigator' && (
          <Link to={'/leads/new' as never} className="button button-primary">
            {t('justice.leads.new')}
          </Link>
        )
      }
      {...(role === 'supervisor'
        ? {}
        : { search: { value: typed, onChange: setTyped, label: t('justice.leads.search') } })}
      filters={[
        ...(role === 'investigator'
          ? [
              {
                key: 'mine',
                label: t('justice.leads.mine'),
                value: mine,
                onChange: setMine,
                options: [{ value: 'yes', label: t('justice.leads.mine-option') }],
              },
            ]
          : []),
        {
          key: 'status',
          label: t('justice.lead.status'),
          value: status,
          onChange: setStatus,
          options: options(leadStatuses, 'justice.status'),
        },
        {
          key: 'about',
          label: t('justice.lead.about'),
          value: about,
          onChange: setAbout,
          options: options(leadSubjects, 'justice.subject'),
        },
      ]}
      empty={
        role === 'prosecutor'
          ? { title: t('justice.leads.shared-empty') }
          : { title: t('justice.leads.empty'), text: t('justice.leads.empty-text') }
      }
      rowId={row => row.id}
      link={(row, content) => (
        <Link to={'/leads/$lead' as string} params={{ lead: row.id } as never} className="row-link">
          {content}
        </Link>
      )}
      columns={[
        { key: 'title', title: t('justice.lead.title'), cell: row => row.title ?? t('justice.lead.codes-only') },
        { key: 'status', title: t('justice.lead.status'), cell: row => <LeadTag status={row.status} /> },
        {
          key: 'grading',
          title: t('justice.lead.grading'),
          cell: row => `${row.sourceGrade}${row.informationGrade}`,
        },
        {
          key: 'about',
          title: t('justice.lead.about'),
          wideOnly: true,
          cell: row => row.about.map(one => t(`justice.subject.${one}`)).join(', '),
        },
        {
          key: 'investigator',
          title: t('justice.lead.investigator'),
          cell: row => row.investigatorName ?? t('justice.lead.nobody'),
        },
        { key: 'reference', title: t('justice.lead.reference'), wideOnly: true, cell: row => row.reference },
        {
          key: 'made',
          title: t('justice.lead.made'),
          wideOnly: true,
          cell: row => words.date(row.madeAt, 'short'),
        },
      ]}
    />
  )
}
