import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dial } from '#platform/country/dial.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { usePages } from '../../../staff/use-pages.ts'
import { useSettled } from '../../../staff/use-settled.ts'
import { directory, organisationKinds, serviceKinds } from '../contract.ts'
import './directory.css'

/** The same list for a phone: one card an organisation, whole cards to press. */
export default function OrganisationCards() {
  const { t } = useWords()
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState('')
  const [service, setService] = useState('')
  const { rows, status, error, onRetry, onMore, loadingMore } = usePages(directory.list, {
    search: useSettled(search.trim()) || undefined,
    kind: kind || undefined,
    service: service || undefined,
  })
  const clear = () => {
    setSearch('')
    setKind('')
    setService('')
  }
  return (
    <>
      <PageHeader title={t('directory.title')}>{t('directory.lead')}</PageHeader>
      <search className="directory-tools">
        <TextField
          name="search"
          label={t('directory.search')}
          type="search"
          autoComplete="off"
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        <SelectField
          name="service"
          label={t('directory.service')}
          placeholder={t('directory.all')}
          options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
          value={service}
          onChange={event => setService(event.target.value)}
        />
        <SelectField
          name="kind"
          label={t('directory.kind')}
          placeholder={t('directory.all')}
          options={organisationKinds.map(value => ({ value, label: t(`organisation.kind.${value}`) }))}
          value={kind}
          onChange={event => setKind(event.target.value)}
        />
      </search>
      <p role="status" className="directory-count">
        {status === 'ready' && t(onMore ? 'directory.count-more' : 'directory.count', { count: rows.length })}
      </p>
      {status === 'loading' && <Loading lines={6} />}
      {status === 'error' && <Problem error={error} onRetry={() => void onRetry()} />}
      {status === 'ready' && rows.length === 0 && (
        <EmptyState
          title={t('directory.none')}
          action={
            <Button variant="secondary" onClick={clear}>
              {t('directory.clear')}
            </Button>
          }
        />
      )}
      {status === 'ready' &&
        rows.map(row => (
          <Card
            key={row.id}
            title={
              <Link to="/organisations/$organisation" params={{ organisation: row.id }}>
                {row.name}
              </Link>
            }
          >
            <p className="note">
              {t(`organisation.kind.${row.kind}`)}
              {!row.active && <> · {t('directory.inactive')}</>}
            </p>
            {row.phone && (
              <p>
                <a href={dial(row.phone)}>{row.phone}</a>
              </p>
            )}
            {row.services.length > 0 && <p>{row.services.map(one => t(`service.kind.${one}`)).join(' · ')}</p>}
          </Card>
        ))}
      {onMore && (
        <div className="more">
          <Button variant="secondary" wide busy={loadingMore} onClick={onMore}>
            {t('directory.more')}
          </Button>
        </div>
      )}
    </>
  )
}
