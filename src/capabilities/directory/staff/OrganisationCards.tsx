import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { dial } from '#platform/country/dial.ts'
import { usePages } from '#staff/use-pages.ts'
import { useSettled } from '#staff/use-settled.ts'
import { Card } from '#ui/Card.tsx'
import { useWords } from '#ui/words-context.tsx'
import { directory, organisationKinds, serviceKinds } from '../contract.ts'
import { FindCards } from './FindCards.tsx'

const nothing = { search: '', kind: '', service: '' }

/** The same list for a phone: one card an organisation, whole cards to press. */
export default function OrganisationCards() {
  const { t } = useWords()
  const [asked, setAsked] = useState(nothing)
  const found = usePages(directory.list, {
    search: useSettled(asked.search.trim()) || undefined,
    kind: asked.kind || undefined,
    service: asked.service || undefined,
  })
  return (
    <FindCards
      title={t('directory.title')}
      lead={t('directory.lead')}
      search={t('directory.search')}
      asked={asked}
      onAsk={setAsked}
      nothing={nothing}
      found={found}
      counted={['directory.count', 'directory.count-more']}
      none={{ title: t('directory.none') }}
      filters={[
        {
          name: 'service',
          label: t('directory.service'),
          options: serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) })),
        },
        {
          name: 'kind',
          label: t('directory.kind'),
          options: organisationKinds.map(value => ({ value, label: t(`organisation.kind.${value}`) })),
        },
      ]}
      card={row => (
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
      )}
    />
  )
}
