import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { StepUp, useProvenCommand } from '#staff/accounts/step-up.tsx'
import { newId, useAsk } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Glass, glassReasons, leastSaid, oversight } from '../contract.ts'

/** Opening a case that one has no place in, in an emergency: what it does is said before it is done. */
export default function BreakGlass() {
  const { t } = useWords()
  const mine = useAsk(oversight.myGlasses, {})
  return (
    <StepUp>
      <div className="stack">
        <PageHeader title={t('glass.title')}>{t('glass.lead')}</PageHeader>
        <Banner tone="warning" title={t('glass.told-title')}>
          <ul>
            <li>{t('glass.told-scope')}</li>
            <li>{t('glass.told-who')}</li>
            <li>{t('glass.told-review')}</li>
          </ul>
        </Banner>
        {mine.data?.suspended && (
          <Banner tone="danger" title={t('glass.suspended')}>
            {t('glass.suspended-text')}
          </Banner>
        )}
        {mine.data && !mine.data.suspended && mine.data.left === 0 && (
          <Banner tone="info">{t('glass.none-left')}</Banner>
        )}
        <GlassForm />
        {mine.data && mine.data.items.length > 0 && (
          <Card title={t('glass.mine')}>
            <ul className="plain-list stack-close">
              {mine.data.items.map(one => (
                <Mine key={one.id} glass={one} />
              ))}
            </ul>
          </Card>
        )}
      </div>
    </StepUp>
  )
}

function GlassForm() {
  const { t } = useWords()
  const navigate = useNavigate()
  const [id, setId] = useState(newId)
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const send = useProvenCommand(oversight.breakGlass, [oversight.myGlasses.id])
  const errors = useFormErrors()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = [
      ...(reference.trim() ? [] : [{ field: 'reference', message: t('glass.reference-needed') }]),
      ...(reason ? [] : [{ field: 'reason', message: t('glass.reason-needed') }]),
      ...(text.trim().length >= leastSaid ? [] : [{ field: 'text', message: t('glass.text-needed') }]),
    ]
    if (missing.length > 0 || send.isPending) return errors.set(missing)
    send.mutate(
      {
        body: {
          id,
          reference: reference.trim(),
          reason: reason as (typeof glassReasons)[number],
          text: text.trim().normalize('NFC'),
        },
      },
      {
        onSuccess: done => void navigate({ to: '/glass/$glass', params: { glass: done.id } } as never),
        onError: error => {
          // A reference that is not found may be corrected and sent again.
          setId(newId())
          if ((error as { code?: string }).code === 'not-found')
            errors.set([{ field: 'reference', message: t('glass.not-found') }])
          else errors.take(error)
        },
      },
    )
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <ErrorSummary errors={errors.errors} />
      <TextField
        name="reference"
        label={t('glass.reference')}
        hint={t('glass.reference-hint')}
        width="medium"
        autoComplete="off"
        inputMode="numeric"
        value={reference}
        error={errors.of('reference')}
        onChange={event => setReference(event.target.value)}
      />
      <SelectField
        name="reason"
        label={t('glass.reason')}
        placeholder={t('glass.choose')}
        value={reason}
        error={errors.of('reason')}
        onChange={event => setReason(event.target.value)}
        options={glassReasons.map(value => ({ value, label: t(`glass.reason.${value}`) }))}
      />
      <TextArea
        name="text"
        label={t('glass.text')}
        hint={t('glass.text-hint')}
        value={text}
        error={errors.of('text')}
        onChange={event => setText(event.target.value)}
      />
      <div className="actions">
        <Button type="submit" busy={send.isPending}>
          {t('glass.do')}
        </Button>
      </div>
    </form>
  )
}

function Mine({ glass }: { glass: Glass }) {
  const words = useWords()
  const { t } = words
  const open = new Date(glass.until) > new Date() && glass.review !== 'not-justified'
  return (
    <li>
      {open ? (
        <Link to="/glass/$glass" params={{ glass: glass.id } as never}>
          {t('glass.mine.open', { reference: glass.reference ?? '–' })}
        </Link>
      ) : (
        <span>{glass.reference ?? '–'}</span>
      )}{' '}
      · {words.dateTime(glass.at)} · {t(glass.review ? `glass.review.${glass.review}` : 'glass.review.waits')}
      {glass.reviewText && <div className="told">{glass.reviewText}</div>}
    </li>
  )
}
