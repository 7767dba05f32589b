import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { urgencies } from '#capabilities/cases/contract.ts'
import { agreedWith, consent } from '#capabilities/consent/contract.ts'
import { directory, type PlaceKind, placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { Banner } from '#ui/Banner.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { languageName } from '#ui/languages-and-countries.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useAsk, useCommand } from '../../../staff/api.ts'
import { referrals } from '../contract.ts'
import { ranked } from '../rank.ts'
import { Preview } from './Preview.tsx'
import { WhyTags } from './WhyTags.tsx'

/** The unit asks an organisation for a service; only what the person agreed to can be shared. */
export default function NewReferral() {
  const { t, lang } = useWords()
  const navigate = useNavigate()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  // After somebody could not help: the same service, from the next who fits.
  const { service: again = '', after = '' } = useSearch({ strict: false }) as { service?: string; after?: string }
  const [service, setService] = useState(again)
  const [offer, setOffer] = useState('')
  const [place, setPlace] = useState('')
  const [language, setLanguage] = useState('')
  const [urgency, setUrgency] = useState('urgent')
  const [share, setShare] = useState<string[]>([])
  const [message, setMessage] = useState('')
  const errors = useFormErrors()
  const records = useAsk(consent.list, { params: { case: caseId } })
  const offers = useAsk(
    directory.services,
    { query: { kind: service as 'other', limit: '100' } },
    { enabled: service !== '' },
  )
  const send = useCommand(referrals.send, ['referrals.list', 'referrals.caseFile'])
  if (records.isPending) return <Loading lines={5} />
  if (records.isError) return <Problem error={records.error} onRetry={() => void records.refetch()} />
  const agreed = new Set(records.data.items.findLast(one => one.live)?.recipients ?? [])
  const rest = offers.data?.items.filter(one => one.organisation.id !== after) ?? []
  const choices = ranked(rest, {
    place: (place || undefined) as PlaceKind | undefined,
    language: language || undefined,
    urgent: urgency === 'emergency',
    agreed,
  })
  const picked = offer || (after && choices[0]?.service.id) || ''
  const chosen = choices.find(one => one.service.id === picked)?.service
  const to = chosen?.organisation.id ?? ''
  const languages = [...new Set((offers.data?.items ?? []).flatMap(one => one.languages))].sort()
  const counted = (offers.data?.items ?? []).some(one => one.places.length > 0)
  // The newest is what the person last said.
  const record = records.data.items.findLast(one => one.live && one.recipients.includes(to))
  const shareable = record ? agreedWith(record, to).filter(one => one === 'ID') : []
  const save = () => {
    if (!record || !chosen) return
    const id = newId()
    send.mutate(
      {
        body: {
          id,
          case: caseId,
          kind: 'service',
          service: service as 'other',
          offer: chosen.id,
          ...(place && counted ? { place: place as PlaceKind } : {}),
          to,
          urgency: urgency as 'urgent',
          consent: record.id,
          share: ['STA', ...share.filter(one => shareable.includes(one as 'ID'))] as ('STA' | 'ID')[],
          ...(message.trim() ? { message: message.normalize('NFC') } : {}),
        },
      },
      {
        onError: errors.take,
        onSuccess: () => void navigate({ to: '/referrals/$referral', params: { referral: id } }),
      },
    )
  }
  return (
    <Form
      errors={errors.errors}
      busy={send.isPending}
      submit={record && t('referral.new.save')}
      onSubmit={save}
      lead={
        <PageHeader
          title={t('referral.new')}
          above={
            <Link to="/cases/$case" params={{ case: caseId }}>
              {t('referral.open-case')}
            </Link>
          }
        >
          {t('referral.new.lead')}
        </PageHeader>
      }
    >
      <SelectField
        name="service"
        label={t('referral.new.service')}
        value={service}
        onChange={event => {
          setService(event.target.value)
          setOffer('')
        }}
        placeholder="–"
        options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        error={errors.of('service')}
      />
      {offers.data && offers.data.items.length === 0 && <Banner tone="warning">{t('referral.new.nobody')}</Banner>}
      {offers.data && offers.data.items.length > 0 && (
        <>
          <ChoiceGroup
            kind="radio"
            name="urgency"
            label={t('referral.new.urgency')}
            value={urgency}
            onChange={setUrgency}
            inline
            options={urgencies.map(value => ({ value, label: t(`urgency.${value}`) }))}
          />
          {counted && (
            <SelectField
              name="place"
              label={t('referral.new.place')}
              placeholder={t('referral.new.place-none')}
              value={place}
              onChange={event => setPlace(event.target.value)}
              options={placeKinds.map(value => ({ value, label: t(`place.kind.${value}`) }))}
              error={errors.of('place')}
            />
          )}
          <SelectField
            name="language"
            label={t('referral.new.language')}
            optional
            placeholder="–"
            value={language}
            onChange={event => setLanguage(event.target.value)}
            options={languages.map(value => ({ value, label: languageName(value, lang) }))}
          />
          <ChoiceGroup
            kind="radio"
            name="to"
            label={t('referral.new.to')}
            hint={t('referral.new.to-hint')}
            value={picked}
            onChange={setOffer}
            error={errors.of('to') ?? errors.of('offer')}
            options={choices.map(({ service: one, why }) => ({
              value: one.id,
              label: one.name ? `${one.organisation.name}: ${one.name}` : one.organisation.name,
              hint: <WhyTags why={why} />,
            }))}
          />
        </>
      )}
      {to !== '' && !record && (
        <Banner
          tone="warning"
          action={
            <Link to="/cases/$case/consent" params={{ case: caseId }}>
              {t('referral.new.ask')}
            </Link>
          }
        >
          {t('referral.new.no-consent')}
        </Banner>
      )}
      {record && (
        <>
          <ChoiceGroup
            kind="checkbox"
            name="share"
            label={t('referral.new.share')}
            hint={t('referral.new.share-hint')}
            value={share}
            onChange={setShare}
            error={errors.of('share')}
            options={shareable.map(value => ({ value, label: t(`compartment.${value}`) }))}
          />
          <TextArea
            name="message"
            label={t('referral.new.message')}
            optional
            value={message}
            onChange={event => setMessage(event.target.value)}
            error={errors.of('message')}
          />
          <Preview identity={share.includes('ID')} message={message.trim()} />
        </>
      )}
    </Form>
  )
}
