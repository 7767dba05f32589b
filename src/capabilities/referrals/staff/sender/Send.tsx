import { createLink, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { agreedWith, consent } from '#capabilities/consent/contract.ts'
import { directory } from '#capabilities/directory/contract.ts'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { useAll } from '#staff/use-all.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { referrals } from '../../contract.ts'
import { Check } from './Check.tsx'
import { Message } from './Message.tsx'
import { type Recipient, type Sending, stepOf, stepsOf } from './sending.ts'
import { To } from './To.tsx'
import { UrgencyStep } from './UrgencyStep.tsx'
import './sender.css'

const Go = createLink(LinkButton)

/** Sends a referral under the consent that stands. Without one there is nothing to send, and the page says what to do. */
export default function Send() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { t } = useWords()
  const ledger = useAsk(consent.list, { params: { case: caseId } })
  const bodies = useAll(directory.list)
  if (ledger.isPending || bodies.isPending) return <Loading lines={6} />
  if (ledger.isError) return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />
  if (bodies.isError) return <Problem error={bodies.error} onRetry={() => void bodies.refetch()} />
  // The newest live record is what the person last said.
  const record = ledger.data.items.findLast(one => one.live)
  const recipients: readonly Recipient[] = record
    ? bodies.data.items
        .filter(one => one.active && record.recipients.includes(one.id))
        .map(one => ({ ...one, sees: agreedWith(record, one.id) }))
        .sort((a, b) => Number(b.competent) - Number(a.competent))
    : []
  if (!record || recipients.length === 0)
    return (
      <EmptyState
        title={t('referral.sent.no-consent.title')}
        action={
          <div className="sent-next">
            <Go to="/cases/$case/consent" params={{ case: caseId } as never} wide>
              {t('referral.sent.no-consent.ask')}
            </Go>
            <Go to="/help" variant="secondary" wide>
              {t('referral.sent.no-consent.help')}
            </Go>
          </div>
        }
      >
        {t('referral.sent.no-consent.text')}
      </EmptyState>
    )
  return <Steps caseId={caseId} consentId={record.id} recipients={recipients} />
}

function Steps({
  caseId,
  consentId,
  recipients,
}: {
  caseId: string
  consentId: string
  recipients: readonly Recipient[]
}) {
  const words = useWords()
  const navigate = useNavigate()
  const { step: asked } = useSearch({ strict: false }) as { step?: string }
  const [sending, setSending] = useDraft<Sending>('referral', caseId, () => ({
    id: newId(),
    to: recipients.find(one => one.competent)?.id ?? (recipients.length === 1 ? recipients[0]!.id : ''),
    service: '',
    urgency: '',
    message: '',
  }))
  const [refused, setRefused] = useState<readonly FieldError[]>([])
  const send = useCommand(referrals.send, [referrals.list.id, 'screening.list', 'screening.read'])
  const recipient = recipients.find(one => one.id === sending.to)
  const path = stepsOf(recipients)
  const step = stepOf(asked, sending, recipients)
  const place = path.indexOf(step)
  const go = (next: string) =>
    void navigate({ to: '/cases/$case/refer', params: { case: caseId } as never, search: { step: next } as never })
  const save = () => {
    if (!recipient || sending.urgency === '') return
    const message = sending.message.trim().normalize('NFC')
    send.mutate(
      {
        body: {
          id: sending.id,
          case: caseId,
          kind: recipient.competent ? 'identification' : 'service',
          ...(!recipient.competent && sending.service && { service: sending.service }),
          to: recipient.id,
          urgency: sending.urgency,
          consent: consentId,
          // What was told goes to those who decide; who gives a service is told who comes.
          share: recipient.competent ? [...recipient.sees] : recipient.sees.filter(one => one !== 'SVC'),
          ...(message && { message }),
        },
        key: sending.id,
      },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: '/referrals/$referral',
            params: { referral: id } as never,
            search: { new: 'yes' } as never,
            replace: true,
          }),
        onError: error => {
          const { errors } = problemText(error, words)
          const back = errors.map(one => pageOfField(one.field)).find(one => one && path.includes(one))
          if (!back) return
          setRefused(errors)
          go(back)
        },
      },
    )
  }
  const common = {
    sending,
    recipients,
    recipient,
    step: place + 1,
    of: path.length,
    refused,
    onChange: (change: Partial<Sending>) => {
      setRefused([])
      // Sent again unchanged it is the same referral; changed it is another.
      setSending(kept => ({ ...kept, ...change, id: newId() }))
    },
    onContinue: () => (place + 1 < path.length ? go(path[place + 1]!) : save()),
    onBack: () => (place > 0 ? go(path[place - 1]!) : history.back()),
    onStop: () => void navigate({ to: '/' }),
  }
  if (step === 'to') return <To {...common} />
  if (step === 'urgency') return <UrgencyStep {...common} />
  if (step === 'message') return <Message {...common} />
  return (
    <Check
      {...common}
      busy={send.isPending}
      problem={send.isError && <Problem error={send.error} onRetry={save} />}
      onGo={go}
    />
  )
}

function pageOfField(field: string | undefined): string | undefined {
  return field === 'to' || field === 'service' ? 'to' : field === 'urgency' || field === 'message' ? field : undefined
}
