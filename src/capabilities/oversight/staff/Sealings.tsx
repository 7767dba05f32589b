import { type FormEvent, useState } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { oversight, type Sealing, sealActions, sealReasons } from '../contract.ts'
import { PersonField, type Someone } from './PersonField.tsx'

const stale = [oversight.listSealings.id, oversight.alerts.id, 'cases.list']

/** Cases that nobody finds but the people named: proposed by one side, confirmed by the other. */
export default function Sealings() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listSealings, {})
  const answer = useCommand(oversight.answerSealing, stale)
  const give = (row: Sealing, given: 'confirmed' | 'returned') =>
    answer.mutate({ params: { sealing: row.id }, version: row.version, body: { answer: given } })
  return (
    <div className="stack">
      {answer.isError && <Problem error={answer.error} />}
      <ListPage<Sealing>
        {...pages}
        title={t('oversight.sealings.title')}
        lead={t('oversight.sealings.lead')}
        caption={t('oversight.sealings.title')}
        empty={{ title: t('oversight.sealings.empty') }}
        rowId={row => row.id}
        columns={[
          { key: 'reference', title: t('oversight.reference'), cell: row => row.reference || '–' },
          {
            key: 'what',
            title: t('oversight.what'),
            cell: row => (
              <>
                {t(`oversight.sealings.action.${row.action}`)}: {t(`oversight.sealings.reason.${row.reason}`)}
                {row.text && <div className="told">{row.text}</div>}
                {row.aloneSince && (
                  <Banner tone="warning">
                    {t('oversight.sealings.alone', { when: words.dateTime(row.aloneSince) })}
                  </Banner>
                )}
              </>
            ),
          },
          { key: 'by', title: t('oversight.who'), cell: row => row.byName },
          { key: 'at', title: t('oversight.when'), wideOnly: true, cell: row => words.dateTime(row.at) },
          {
            key: 'state',
            title: t('oversight.sealings.state'),
            cell: row =>
              row.answerable ? (
                <div className="actions">
                  <Button compact busy={answer.isPending} onClick={() => give(row, 'confirmed')}>
                    {t('oversight.sealings.confirm')}
                  </Button>
                  <Button compact variant="secondary" busy={answer.isPending} onClick={() => give(row, 'returned')}>
                    {t('oversight.sealings.return')}
                  </Button>
                </div>
              ) : (
                <Tag>{t(`oversight.sealings.state.${row.state}`)}</Tag>
              ),
          },
        ]}
      />
      <Propose />
    </div>
  )
}

function Propose() {
  const { t } = useWords()
  const [reference, setReference] = useState('')
  const [action, setAction] = useState<string>('seal')
  const [reason, setReason] = useState('')
  const [text, setText] = useState('')
  const [named, setNamed] = useState<readonly Someone[]>([])
  const propose = useCommand(oversight.proposeSealing, stale)
  const errors = useFormErrors()
  const ready = reference.trim() && reason && text.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    propose.mutate(
      {
        body: {
          id: newId(),
          reference: reference.trim(),
          action: action as (typeof sealActions)[number],
          named: action === 'seal' ? named.map(one => one.account) : [],
          reason: reason as (typeof sealReasons)[number],
          text: text.trim().normalize('NFC'),
        },
      },
      {
        onSuccess: () => {
          errors.clear()
          setReference('')
          setText('')
          setNamed([])
        },
        onError: errors.take,
      },
    )
  }
  return (
    <Card title={t('oversight.sealings.propose')}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors.errors} />
        <p>{t('oversight.sealings.two')}</p>
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
          name="action"
          label={t('oversight.what')}
          value={action}
          onChange={event => setAction(event.target.value)}
          options={sealActions.map(value => ({ value, label: t(`oversight.sealings.action.${value}`) }))}
        />
        {action === 'seal' && (
          <>
            <PersonField
              label={t('oversight.sealings.named')}
              onChange={one => one && setNamed([...named.filter(each => each.account !== one.account), one])}
            />
            {named.length > 0 && (
              <ul className="plain-list">
                {named.map(one => (
                  <li key={one.account}>
                    {one.name}{' '}
                    <Button
                      variant="quiet"
                      compact
                      onClick={() => setNamed(named.filter(each => each.account !== one.account))}
                    >
                      {t('oversight.sealings.remove', { name: one.name })}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        <SelectField
          name="reason"
          label={t('oversight.why')}
          placeholder="–"
          value={reason}
          onChange={event => setReason(event.target.value)}
          options={sealReasons.map(value => ({ value, label: t(`oversight.sealings.reason.${value}`) }))}
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
