import { useEffect, useRef, useState } from 'react'
import { useCommand } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { Clock } from '#ui/Clock.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Summary } from '#ui/Summary.tsx'
import { Tag } from '#ui/Tag.tsx'
import { TextArea } from '#ui/TextArea.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Glass, glassReviews, oversight } from '../contract.ts'

/** Every broken glass, and the ones that somebody has to judge within three days. */
export default function Queue() {
  const words = useWords()
  const { t } = words
  const [waiting, setWaiting] = useState('yes')
  const [chosen, setChosen] = useState<string>()
  const pages = usePages(oversight.listGlasses, { waiting: waiting || undefined })
  const one = pages.rows.find(row => row.id === chosen)
  return (
    <div className="stack">
      <ListPage<Glass>
        {...pages}
        title={t('oversight.queue.title')}
        lead={t('oversight.queue.lead')}
        caption={t('oversight.queue.title')}
        filters={[
          {
            key: 'waiting',
            label: t('oversight.queue.show'),
            value: waiting,
            onChange: setWaiting,
            options: [{ value: 'yes', label: t('oversight.queue.waiting') }],
          },
        ]}
        empty={{ title: t('oversight.queue.empty') }}
        rowId={row => row.id}
        link={(row, content) => (
          <button type="button" className="row-link button-quiet" onClick={() => setChosen(row.id)}>
            {content}
          </button>
        )}
        columns={[
          { key: 'reference', title: t('oversight.reference'), cell: row => row.reference ?? '–' },
          { key: 'by', title: t('oversight.who'), cell: row => `${row.byName}, ${row.organisation}` },
          { key: 'reason', title: t('glass.reason'), cell: row => t(`glass.reason.${row.reason}`) },
          { key: 'at', title: t('oversight.when'), wideOnly: true, cell: row => words.dateTime(row.at) },
          {
            key: 'review',
            title: t('oversight.queue.review'),
            cell: row =>
              row.review ? (
                <Tag>{t(`glass.review.${row.review}`)}</Tag>
              ) : (
                <Clock due={row.reviewBy} warnAt={row.until} />
              ),
          },
        ]}
      />
      {one && <Judge key={one.id} glass={one} onDone={() => setChosen(undefined)} />}
    </div>
  )
}

function Judge({ glass, onDone }: { glass: Glass; onDone: () => void }) {
  const words = useWords()
  const { t } = words
  const review = useCommand(oversight.reviewGlass, [oversight.listGlasses.id, oversight.alerts.id])
  const errors = useFormErrors()
  const [outcome, setOutcome] = useState('')
  const [text, setText] = useState('')
  const save = () =>
    review.mutate(
      {
        params: { glass: glass.id },
        version: glass.version,
        body: { outcome: outcome as (typeof glassReviews)[number], text: text.trim().normalize('NFC') },
      },
      { onSuccess: onDone, onError: errors.take },
    )
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={place}>
      <Card
        title={glass.reference ?? t('oversight.queue.one')}
        aside={
          <Button variant="quiet" compact onClick={onDone}>
            {t('oversight.close')}
          </Button>
        }
      >
        {glass.overdue && <p>{t('oversight.queue.overdue')}</p>}
        <ErrorSummary errors={errors.errors} />
        <Summary
          rows={[
            { term: t('oversight.who'), value: `${glass.byName} (${t(`role.${glass.role}`)}), ${glass.organisation}` },
            { term: t('oversight.when'), value: words.dateTime(glass.at) },
            { term: t('glass.reason'), value: t(`glass.reason.${glass.reason}`) },
            { term: t('glass.text'), value: <span className="told">{glass.text ?? '–'}</span> },
            ...(glass.review
              ? [
                  { term: t('oversight.queue.review'), value: t(`glass.review.${glass.review}`) },
                  { term: t('oversight.queue.by'), value: glass.reviewedName ?? '–' },
                  { term: t('oversight.queue.text'), value: <span className="told">{glass.reviewText ?? '–'}</span> },
                ]
              : []),
            {
              term: t('oversight.queue.told'),
              value: glass.toldAt ? words.dateTime(glass.toldAt) : t('oversight.queue.not-told'),
            },
          ]}
        />
        {glass.reviewable && (
          <div className="stack">
            <ChoiceGroup
              kind="radio"
              name="outcome"
              label={t('oversight.queue.outcome')}
              value={outcome}
              onChange={setOutcome}
              options={glassReviews.map(value => ({ value, label: t(`glass.review.${value}`) }))}
              error={errors.of('outcome')}
            />
            <TextArea
              name="text"
              label={t('oversight.queue.text')}
              hint={t('oversight.queue.text-hint')}
              value={text}
              onChange={event => setText(event.target.value)}
              error={errors.of('text')}
            />
            <div className="actions">
              <Button disabled={!outcome || !text.trim()} busy={review.isPending} onClick={save}>
                {t('oversight.queue.save')}
              </Button>
            </div>
          </div>
        )}
        {!glass.reviewable && !glass.review && <p>{t('oversight.queue.not-yours')}</p>}
      </Card>
    </div>
  )
}
