import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useSession } from '../../../staff/session.ts'
import { usePages } from '../../../staff/use-pages.ts'
import { useSettled } from '../../../staff/use-settled.ts'
import { directory, type OrganisationRow, organisationKinds, serviceKinds } from '../contract.ts'

/** Every organisation of the country and what it offers. */
export default function OrganisationList() {
  const { t } = useWords()
  const { role } = useSession()
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState('')
  const [service, setService] = useState('')
  const pages = usePages(directory.list, {
    search: useSettled(search.trim()) || undefined,
    kind: kind || undefined,
    service: service || undefined,
  })
  return (
    <ListPage<OrganisationRow>
      {...pages}
      title={t('directory.title')}
      lead={t('directory.lead')}
      caption={t('directory.title')}
      actions={
        role === 'administrator' && (
          <>
            <Link to="/organisations/exchange" className="button button-secondary">
              {t('exchange.open')}
            </Link>
            <Link to="/organisations/new" className="button button-primary">
              {t('directory.new')}
            </Link>
          </>
        )
      }
      search={{ value: search, onChange: setSearch, label: t('directory.search') }}
      filters={[
        {
          key: 'kind',
          label: t('directory.kind'),
          value: kind,
          onChange: setKind,
          options: organisationKinds.map(value => ({ value, label: t(`organisation.kind.${value}`) })),
        },
        {
          key: 'service',
          label: t('directory.service'),
          value: service,
          onChange: setService,
          options: serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) })),
        },
      ]}
      empty={{ title: t('directory.empty') }}
      rowId={row => row.id}
      link={(row, content) => (
        <Link to="/organisations/$organisation" params={{ organisation: row.id }} className="row-link">
          {content}
        </Link>
      )}
      columns={[
        { key: 'name', title: t('directory.name'), cell: row => row.name },
        {
          key: 'kind',
          title: t('directory.kind'),
          cell: row => (
            <>
              {t(`organisation.kind.${row.kind}`)} {!row.active && <Tag>{t('directory.inactive')}</Tag>}
            </>
          ),
        },
        {
          key: 'services',
          title: t('directory.services'),
          cell: row => (row.services.length > 0 ? row.services.map(one => t(`service.kind.${one}`)).join(' · ') : '–'),
        },
      ]}
    />
  )
}
