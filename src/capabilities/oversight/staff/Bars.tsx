import { type FormEvent, useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { newId, useCommand } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { barReasons, oversight } from '../contract.ts'
import { PersonField, type Someone } from './PersonField.tsx'

type Row = Answer<typeof oversight.listBars>['items'][number]
const stale = [oversight.listBars.id]

/** Whom cases are closed to, whatever they hold: family, suspects, anybody who should not know. */
export default function Bars() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listBars, {})
  const end = useCommand(oversight.endBar, stale)
  return (
    <div className="stack">
      <ListPage<Row>
        {...pages}
        title={t('oversight.bars.title')}
        lead={t('oversight.bars.lead')}
        caption={t('oversight.bars.title')}
        empty={{ title: t('oversight.bars.empty') }}
        rowId={row => row.id}
        columns={[
          { key: 'reference', title: t('oversight.reference'), cell: row => row.reference || '–' },
          { key: 'name', title: t('oversight.bars.whom'), cell: row => row.name },
          { key: 'reason', title: t('oversight.why'), cell: row => t(`oversight.bars.reason.${row.reason}`) },
          { key: 'by', title: t('oversight.who'), wideOnly: true, cell: row => row.byName },
          { key: 'at', title: t('oversight.when'), wideOnly: true, cell: row => words.date(row.at, 'short') },
          {
            key: 'end',
            title: t('oversight.bars.state'),
            cell: row =>
              row.endedAt ? (
                t('oversight.bars.ended', { when: words.date(row.endedAt, 'short') })
              ) : (
                <Button
                  variant="quiet"
                  compact
                  busy={end.isPending}
                  onClick={() => end.mutate({ params: { bar: row.id } } as never)}
                >
                  {t('oversight.bars.end')}
                </Button>
              ),
          },
        ]}
      />
      <Add />
    </div>
  )
}

function Add() {
  const { t } = useWords()
  const [reference, setReference] = useState('')
  const [person, setPerson] = useState<Someone>()
  const [reason, setReason] = useState('')
  const [turn, setTurn] = useState(0)
  const add = useCommand(oversight.bar, stale)
  const errors = useFormErrors()
  const ready = reference.trim() && person && reason
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    add.mutate(
      {
        body: {
          id: newId(),
          reference: reference.trim(),
          account: person.account,
          reason: reason as (typeof barReasons)[number],
        },
      },
      {
        onSuccess: () => {
          errors.clear()
          setReference('')
          setPerson(undefined)
          setReason('')
          setTurn(turn + 1)
        },
        onError: errors.take,
      },
    )
  }
  return (
    <Card title={t('oversight.bars.add')}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors.errors} />
        <TextField
          name="reference"
          label={t('oversight.reference')}
          width="medium"
          autoComplete="off"
          value={reference}
          error={errors.of('reference')}
          onChange={event => setReference(event.target.value)}
        />
        <PersonField key={turn} label={t('oversight.bars.whom')} onChange={setPerson} error={errors.of('account')} />
        <SelectField
          name="reason"
          label={t('oversight.why')}
          placeholder="–"
          value={reason}
          onChange={event => setReason(event.target.value)}
          options={barReasons.map(value => ({ value, label: t(`oversight.bars.reason.${value}`) }))}
        />
        <div className="actions">
          <Button type="submit" disabled={!ready} busy={add.isPending}>
            {t('oversight.bars.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
