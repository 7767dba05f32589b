import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dial } from '#platform/country/dial.ts'
import { languageName } from '#platform/country/names.ts'
import { usePages } from '#staff/use-pages.ts'
import { useSettled } from '#staff/use-settled.ts'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { useWords } from '#ui/words-context.tsx'
import { placeKinds } from '../../choices.ts'
import { directory, serviceKinds } from '../../contract.ts'
import { useCountry } from '../country/use-country.ts'
import { FindCards } from '../FindCards.tsx'
import { offeredLanguages } from '../offered-languages.ts'
import { usePlaceName } from '../use-place-name.ts'
import { ServiceFacts, ServiceName } from './ServiceFacts.tsx'
import './services.css'

const nothing = { search: '', kind: '', language: '', area: '', free: '', open: '' }

/** What is offered in the country, by need, language, place, and whether it is open or has a place now. */
export default function FindService() {
  const { t, lang } = useWords()
  const placeName = usePlaceName()
  const country = useCountry().data
  const [asked, setAsked] = useState(nothing)
  const found = usePages(directory.services, {
    search: useSettled(asked.search.trim()) || undefined,
    kind: asked.kind || undefined,
    language: asked.language || undefined,
    area: asked.area || undefined,
    free: asked.free || undefined,
    open: asked.open || undefined,
  })
  return (
    <FindCards
      title={t('services.title')}
      lead={t('services.lead')}
      search={t('services.search')}
      asked={asked}
      onAsk={setAsked}
      nothing={nothing}
      found={found}
      counted={['services.count', 'services.count-more']}
      none={{ title: t('services.none'), text: t('services.none-text') }}
      filters={[
        {
          name: 'kind',
          label: t('directory.service'),
          options: serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) })),
        },
        {
          name: 'language',
          label: t('services.language'),
          options: offeredLanguages(country?.languages ?? [], []).map(value => ({
            value,
            label: languageName(value, lang),
          })),
        },
        {
          name: 'area',
          label: t('services.area'),
          all: t('directory.area.all'),
          options: (country?.places ?? []).map(one => ({ value: one.code, label: placeName(one.code) })),
        },
        {
          name: 'free',
          label: t('services.free-for'),
          options: placeKinds.map(value => ({ value, label: t(`place.kind.${value}`) })),
        },
      ]}
      more={
        <ChoiceGroup
          kind="checkbox"
          name="open"
          hideLabel
          label={t('services.open-now')}
          options={[{ value: 'now', label: t('services.open-now') }]}
          value={asked.open ? ['now'] : []}
          onChange={value => setAsked({ ...asked, open: value[0] ?? '' })}
        />
      }
      card={row => (
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
      )}
    />
  )
}
