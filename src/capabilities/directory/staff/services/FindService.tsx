import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dial } from '#platform/country/dial.ts'
import { usePages } from '#staff/use-pages.ts'
import { useSettled } from '#staff/use-settled.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { languageName } from '#ui/languages-and-countries.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import { placeKinds } from '../../choices.ts'
import { directory, serviceKinds } from '../../contract.ts'
import { useCountry } from '../country/use-country.ts'
import { offeredLanguages } from '../offered-languages.ts'
import { usePlaceName } from '../use-place-name.ts'
import { ServiceFacts, ServiceName } from './ServiceFacts.tsx'
import '../directory.css'
import './services.css'

const nothing = { search: '', kind: '', language: '', area: '', free: '', open: '' }

/** What is offered in the country, by need, language, place, and whether it is open or has a place now. */
export default function FindService() {
  const { t, lang } = useWords()
  const placeName = usePlaceName()
  const country = useCountry()
  const [asked, setAsked] = useState(nothing)
  const set = (part: Partial<typeof nothing>) => setAsked({ ...asked, ...part })
  const search = useSettled(asked.search.trim())
  const { rows, status, error, onRetry, onMore, loadingMore } = usePages(directory.services, {
    search: search || undefined,
    kind: asked.kind || undefined,
    language: asked.language || undefined,
    area: asked.area || undefined,
    free: asked.free || undefined,
    open: asked.open || undefined,
  })
  return (
    <>
      <PageHeader title={t('services.title')}>{t('services.lead')}</PageHeader>
      <search className="directory-tools">
        <TextField
          name="search"
          label={t('services.search')}
          type="search"
          autoComplete="off"
          value={asked.search}
          onChange={event => set({ search: event.target.value })}
        />
        <SelectField
          name="kind"
          label={t('directory.service')}
          placeholder={t('directory.all')}
          options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
          value={asked.kind}
          onChange={event => set({ kind: event.target.value })}
        />
        <SelectField
          name="language"
          label={t('services.language')}
          placeholder={t('directory.all')}
          options={offeredLanguages(country.data?.languages ?? [], []).map(value => ({
            value,
            label: languageName(value, lang),
          }))}
          value={asked.language}
          onChange={event => set({ language: event.target.value })}
        />
        <SelectField
          name="area"
          label={t('services.area')}
          placeholder={t('directory.area.all')}
          options={(country.data?.places ?? []).map(one => ({ value: one.code, label: placeName(one.code) }))}
          value={asked.area}
          onChange={event => set({ area: event.target.value })}
        />
        <SelectField
          name="free"
          label={t('services.free-for')}
          placeholder={t('directory.all')}
          options={placeKinds.map(value => ({ value, label: t(`place.kind.${value}`) }))}
          value={asked.free}
          onChange={event => set({ free: event.target.value })}
        />
        <ChoiceGroup
          kind="checkbox"
          name="open"
          hideLabel
          label={t('services.open-now')}
          options={[{ value: 'now', label: t('services.open-now') }]}
          value={asked.open ? ['now'] : []}
          onChange={value => set({ open: value[0] ?? '' })}
        />
      </search>
      <p role="status" className="directory-count">
        {status === 'ready' && t(onMore ? 'services.count-more' : 'services.count', { count: rows.length })}
      </p>
      {status === 'loading' && <Loading lines={6} />}
      {status === 'error' && <Problem error={error} onRetry={() => void onRetry()} />}
      {status === 'ready' && rows.length === 0 && (
        <EmptyState
          title={t('services.none')}
          action={
            <Button variant="secondary" onClick={() => setAsked(nothing)}>
              {t('directory.clear')}
            </Button>
          }
        >
          {t('services.none-text')}
        </EmptyState>
      )}
      <div className="record-page">
        {status === 'ready' &&
          rows.map(row => (
            <Card
              key={row.id}
              title={
                <Link to="/organisations/$organisation" params={{ organisation: row.organisation.id }}>
                  {row.organisation.name}
                </Link>
              }
            >
              <ServiceName service={row} />
              <ServiceFacts service={row} />
              {row.organisation.phone && (
                <p>
                  <a href={dial(row.organisation.phone)}>{row.organisation.phone}</a>
                </p>
              )}
            </Card>
          ))}
      </div>
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
