import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { urgencies } from '#capabilities/cases/contract.ts'
import { agreedWith, consent } from '#capabilities/consent/contract.ts'
import { directory, type PlaceKind, placeKinds, serviceKinds } from '#capabilities/directory/contract.ts'
import { languageName } from '#platform/country/names.ts'
import { Banner } from '#ui/Banner.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { newId, useAsk, useCommand } from '../../../staff/api.ts'
import { referrals } from '../contract.ts'
import { rounds } from '../contract-rounds.ts'
import { Considered } from './Considered.tsx'
import { Preview } from './Preview.tsx'
import { stale } from './stale.ts'
import { useMatch } from './use-match.ts'
import { agreedTo, type Way, Whom } from './Whom.tsx'

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
  const [area, setArea] = useState('')
  const areas = useAsk(directory.country, {}).data?.places ?? []
  const [urgency, setUrgency] = useState('urgent')
  const [way, setWay] = useState<Way>('one')
  const [ticked, setTicked] = useState<string[]>([])
  const [share, setShare] = useState<string[]>([])
  const [message, setMessage] = useState('')
  const errors = useFormErrors()
  const records = useAsk(consent.list, { params: { case: caseId } })
  const offers = useMatch(caseId, { service, urgency, place, area, language })
  const send = useCommand(referrals.send, ['referrals.list', 'referrals.caseFile'])
  const askSeveral = useCommand(rounds.askSeveral, ['referrals.rounds', ...stale])
  if (records.isPending) return <Loading lines={5} />
  if (records.isError) return <Problem error={records.error} onRetry={() => void records.refetch()} />
  const choices = offers.data?.items.filter(one => one.service.organisation.id !== after) ?? []
  const picked = offer || (after && choices[0]?.service.id) || ''
  const chosen = choices.find(one => one.service.id === picked)?.service
  // Who is asked, in their order.
  const asked =
    way === 'one'
      ? chosen
        ? [chosen]
        : []
      : agreedTo(choices).flatMap(one => (ticked.includes(one.service.id) ? [one.service] : []))
  const named = asked.map(one => one.organisation.id)
  const languages = offers.data?.languages ?? []
  const counted = offers.data?.counted === true
  // The newest is what the person last said.
  const record =
    named.length === 0
      ? undefined
      : records.data.items.findLast(one => one.live && named.every(each => one.recipients.includes(each)))
  const shareable: 'ID'[] = record && named.every(one => agreedWith(record, one).includes('ID')) ? ['ID'] : []
  const save = () => {
    if (!record) return
    if (way !== 'one' && asked.length < 2) return errors.set([{ field: 'to', message: t('referral.way.two-at-least') }])
    const id = newId()
    const withPlace = place && counted ? { place: place as PlaceKind } : {}
    const common = {
      ...{ id, case: caseId, service: service as 'other', urgency: urgency as 'urgent', consent: record.id },
      share: ['STA', ...share.filter(one => shareable.includes(one as 'ID'))] as ('STA' | 'ID')[],
      ...(message.trim() ? { message: message.normalize('NFC') } : {}),
    }
    if (way !== 'one') {
      const to = asked.map(one => ({ id: newId(), organisation: one.organisation.id, offer: one.id, ...withPlace }))
      const onSuccess = () =>
        void navigate({ to: '/cases/$case', params: { case: caseId }, search: { tab: 'referrals' } } as never)
      return askSeveral.mutate({ body: { ...common, way, to } }, { onError: errors.take, onSuccess })
    }
    const [one] = asked
    if (!one) return
    send.mutate(
      { body: { ...common, kind: 'service', offer: one.id, to: one.organisation.id, ...withPlace } },
      {
        onError: errors.take,
        onSuccess: () => void navigate({ to: '/referrals/$referral', params: { referral: id } }),
      },
    )
  }
  return (
    <Form
      errors={errors.errors}
      busy={send.isPending || askSeveral.isPending}
      submit={record && t(way === 'one' ? 'referral.new.save' : 'referral.way.save')}
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
          setTicked([])
        }}
        placeholder="–"
        options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        error={errors.of('service')}
      />
      {offers.data && offers.data.offered === 0 && <Banner tone="warning">{t('referral.new.nobody')}</Banner>}
      {offers.data && offers.data.offered > 0 && (
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
            placeholder={t('referral.new.language-known')}
            value={language}
            onChange={event => setLanguage(event.target.value)}
            options={languages.map(value => ({ value, label: languageName(value, lang) }))}
          />
          {areas.length > 0 && (
            <SelectField
              name="area"
              label={t('referral.new.area')}
              optional
              placeholder={t('directory.area.all')}
              value={area}
              onChange={event => setArea(event.target.value)}
              options={areas.map(one => ({ value: one.code, label: one.names[lang] ?? one.names.en ?? one.code }))}
            />
          )}
          <Considered found={offers.data} />
          {choices.length === 0 && <Banner tone="warning">{t('referral.new.nobody-now')}</Banner>}
          {choices.length > 0 && (
            <Whom
              choices={choices}
              way={way}
              onWay={setWay}
              picked={picked}
              onPick={setOffer}
              ticked={ticked}
              onTick={setTicked}
              error={errors.of('to') ?? errors.of('offer')}
            />
          )}
        </>
      )}
      {named.length > 0 && !record && (
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
