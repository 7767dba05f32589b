import { type FormEvent, useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { StepUp, useProvenCommand } from '#staff/accounts/step-up.tsx'
import { newId, useCommand } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Erasure, erasureGrounds, holdReasons, oversight } from '../contract.ts'

const stale = [oversight.listErasures.id, oversight.listHolds.id, oversight.alerts.id, 'cases.list']

/** Erasing for good, by two; and what has to be kept for now. */
export default function Erasures() {
  const { role } = useSession()
  return (
    <StepUp>
      <div className="stack">
        <Proposals />
        {role === 'data-protection-officer' && (
          <>
            <Due />
            <Propose />
          </>
        )}
        <Holds />
      </div>
    </StepUp>
  )
}

function Proposals() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listErasures, {})
  const answer = useProvenCommand(oversight.answerErasure, stale)
  const [sure, setSure] = useState<Erasure>()
  const give = (row: Erasure, given: 'confirmed' | 'returned') =>
    answer.mutate(
      { params: { erasure: row.id }, version: row.version, body: { answer: given } },
      { onSettled: () => setSure(undefined) },
    )
  return (
    <>
      {answer.error && <Problem error={answer.error} />}
      <ListPage<Erasure>
        {...pages}
        title={t('oversight.erasures.title')}
        lead={t('oversight.erasures.lead')}
        caption={t('oversight.erasures.title')}
        empty={{ title: t('oversight.erasures.empty') }}
        rowId={row => row.id}
        columns={[
          { key: 'reference', title: t('oversight.reference'), cell: row => row.reference || '–' },
          {
            key: 'ground',
            title: t('oversight.why'),
            cell: row => (
              <>
                {t(`oversight.erasures.ground.${row.ground}`)}
                {row.text && <div className="told">{row.text}</div>}
              </>
            ),
          },
          { key: 'by', title: t('oversight.who'), cell: row => row.byName },
          { key: 'at', title: t('oversight.when'), wideOnly: true, cell: row => words.dateTime(row.at) },
          {
            key: 'state',
            title: t('oversight.sealings.state'),
            cell: row => {
              if (row.keptBy) return <Tag tone="warning">{t(`oversight.erasures.kept.${row.keptBy}`)}</Tag>
              if (!row.answerable) return <Tag>{t(`oversight.erasures.state.${row.state}`)}</Tag>
              return (
                <div className="actions">
                  <Button compact variant="danger" busy={answer.isPending} onClick={() => setSure(row)}>
                    {t('oversight.erasures.confirm')}
                  </Button>
                  <Button compact variant="secondary" busy={answer.isPending} onClick={() => give(row, 'returned')}>
                    {t('oversight.sealings.return')}
                  </Button>
                </div>
              )
            },
          },
        ]}
      />
      <ConfirmDialog
        open={sure !== undefined}
        title={t('oversight.erasures.sure', { reference: sure?.reference ?? '' })}
        confirmLabel={t('oversight.erasures.confirm')}
        busy={answer.isPending}
        onConfirm={() => sure && give(sure, 'confirmed')}
        onCancel={() => setSure(undefined)}
      />
    </>
  )
}

/** What is due by the country's rules: each is proposed by a person, or kept. */
function Due() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listDue, {})
  return (
    <Card title={t('oversight.due.title')}>
      {pages.status === 'error' && <Problem error={pages.error} onRetry={() => void pages.onRetry()} />}
      {pages.status === 'ready' && pages.rows.length === 0 && <p>{t('oversight.due.none')}</p>}
      <ul className="plain-list">
        {pages.rows.map(row => (
          <li key={row.id}>
            {row.reference} · {t(`oversight.due.kind.${row.kind}`)} ·{' '}
            {t('oversight.due.since', { day: words.date(row.since, 'short') })}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Propose() {
  const { t } = useWords()
  const [reference, setReference] = useState('')
  const [ground, setGround] = useState('')
  const [text, setText] = useState('')
  const propose = useCommand(oversight.proposeErasure, stale)
  const errors = useFormErrors()
  const ready = reference.trim() && ground && text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    propose.mutate(
      {
        body: {
          id: newId(),
          reference: reference.trim(),
          ground: ground as (typeof erasureGrounds)[number],
          text: text.trim().normalize('NFC'),
        },
      },
      {
        onSuccess: () => {
          errors.clear()
          setReference('')
          setText('')
        },
        onError: errors.take,
      },
    )
  }
  return (
    <Card title={t('oversight.erasures.propose')}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors.errors} />
        <p>{t('oversight.erasures.two')}</p>
        <TextField
          name="reference"
          label={t('oversight.reference')}
          width="medium"
          autoComplete="off"
          value={reference}
          error={errors.of('reference')}
          onChange={event => setReference(event.target.value)}
        />
        <SelectField
          name="ground"
          label={t('oversight.erasures.ground')}
          placeholder="–"
          value={ground}
          onChange={event => setGround(event.target.value)}
          options={erasureGrounds.map(value => ({ value, label: t(`oversight.erasures.ground.${value}`) }))}
        />
        <TextArea
          name="text"
          label={t('oversight.sealings.text')}
          value={text}
          error={errors.of('text')}
          onChange={event => setText(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" disabled={!ready} busy={propose.isPending}>
            {t('oversight.sealings.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

type Hold = Answer<typeof oversight.listHolds>['items'][number]

function Holds() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listHolds, {})
  const end = useCommand(oversight.endHold, stale)
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const place = useCommand(oversight.placeHold, stale)
  const errors = useFormErrors()
  const ready = reference.trim() && reason
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    place.mutate(
      {
        body: {
          id: newId(),
          reference: reference.trim(),
          reason: reason as (typeof holdReasons)[number],
          ...(until ? { until } : {}),
        },
      },
      {
        onSuccess: () => {
          errors.clear()
          setReference('')
        },
        onError: errors.take,
      },
    )
  }
  const rows: readonly Hold[] = pages.rows
  return (
    <Card title={t('oversight.holds.title')}>
      {end.isError && <Problem error={end.error} />}
      {rows.length === 0 && <p>{t('oversight.holds.empty')}</p>}
      <ul className="plain-list stack-close">
        {rows.map(row => (
          <li key={row.id}>
            {row.reference || '–'} · {t(`oversight.holds.reason.${row.reason}`)} · {row.byName} ·{' '}
            {row.until
              ? t('oversight.holds.until', { day: words.date(row.until, 'short') })
              : t('oversight.holds.open')}{' '}
            {row.endedAt
              ? t('oversight.bars.ended', { when: words.date(row.endedAt, 'short') })
              : row.endable && (
                  <Button
                    variant="quiet"
                    compact
                    busy={end.isPending}
                    onClick={() => end.mutate({ params: { hold: row.id } } as never)}
                  >
                    {t('oversight.bars.end')}
                  </Button>
                )}
          </li>
        ))}
      </ul>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors.errors} />
        <TextField
          name="reference"
          id="hold-reference"
          label={t('oversight.reference')}
          width="medium"
          autoComplete="off"
          value={reference}
          error={errors.of('reference')}
          onChange={event => setReference(event.target.value)}
        />
        <SelectField
          name="reason"
          label={t('oversight.why')}
          placeholder="–"
          value={reason}
          onChange={event => setReason(event.target.value)}
          options={holdReasons.map(value => ({ value, label: t(`oversight.holds.reason.${value}`) }))}
        />
        <TextField
          name="until"
          type="date"
          label={t('oversight.holds.last')}
          value={until}
          error={errors.of('until')}
          onChange={event => setUntil(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" variant="secondary" disabled={!ready} busy={place.isPending}>
            {t('oversight.holds.place')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
