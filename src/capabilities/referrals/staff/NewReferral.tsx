import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { urgencies } from '#capabilities/cases/contract.ts'
import { agreedWith, consent } from '#capabilities/consent/contract.ts'
import { directory, serviceKinds } from '#capabilities/directory/contract.ts'
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

/** The unit asks an organisation for a service; only what the person agreed to can be shared. */
export default function NewReferral() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const [service, setService] = useState('')
  const [to, setTo] = useState('')
  const [urgency, setUrgency] = useState('urgent')
  const [share, setShare] = useState<string[]>([])
  const [message, setMessage] = useState('')
  const errors = useFormErrors()
  const records = useAsk(consent.list, { params: { case: caseId } })
  const offers = useAsk(
    directory.list,
    { query: { service: service as 'other', limit: '100' } },
    { enabled: service !== '' },
  )
  const send = useCommand(referrals.send, ['referrals.list', 'referrals.caseFile'])
  if (records.isPending) return <Loading lines={5} />
  if (records.isError) return <Problem error={records.error} onRetry={() => void records.refetch()} />
  // The newest is what the person last said.
  const record = records.data.items.findLast(one => one.live && one.recipients.includes(to))
  const shareable = record ? agreedWith(record, to).filter(one => one === 'ID') : []
  const save = () => {
    if (!record) return
    const id = newId()
    send.mutate(
      {
        body: {
          id,
          case: caseId,
          kind: 'service',
          service: service as 'other',
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
          setTo('')
        }}
        placeholder="–"
        options={serviceKinds.map(value => ({ value, label: t(`service.kind.${value}`) }))}
        error={errors.of('service')}
      />
      {offers.data && offers.data.items.length === 0 && <Banner tone="warning">{t('referral.new.nobody')}</Banner>}
      {offers.data && offers.data.items.length > 0 && (
        <ChoiceGroup
          kind="radio"
          name="to"
          label={t('referral.new.to')}
          value={to}
          onChange={setTo}
          error={errors.of('to')}
          options={offers.data.items.map(one => ({
            value: one.id,
            label: one.name,
            hint: t(`organisation.kind.${one.kind}`),
          }))}
        />
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
          <ChoiceGroup
            kind="radio"
            name="urgency"
            label={t('referral.new.urgency')}
            value={urgency}
            onChange={setUrgency}
            inline
            options={urgencies.map(value => ({ value, label: t(`urgency.${value}`) }))}
          />
          <TextArea
            name="message"
            label={t('referral.new.message')}
            optional
            value={message}
            onChange={event => setMessage(event.target.value)}
            error={errors.of('message')}
          />
        </>
      )}
    </Form>
  )
}
