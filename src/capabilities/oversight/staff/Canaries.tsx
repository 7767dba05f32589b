import { type FormEvent, useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { newId, useCommand } from '#staff/api.ts'
import { usePages } from '#staff/use-pages.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ListPage } from '#ui/desk/ListPage.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'

type Row = Answer<typeof oversight.listCanaries>['items'][number]

/** Invented cases among the real ones: nobody has a reason to open them, so whoever does is asked. */
export default function Canaries() {
  const words = useWords()
  const { t } = words
  const pages = usePages(oversight.listCanaries, {})
  return (
    <div className="stack">
      <ListPage<Row>
        {...pages}
        title={t('oversight.canaries.title')}
        lead={t('oversight.canaries.lead')}
        caption={t('oversight.canaries.title')}
        empty={{ title: t('oversight.canaries.empty') }}
        rowId={row => row.id}
        columns={[
          { key: 'reference', title: t('oversight.reference'), cell: row => row.reference },
          { key: 'at', title: t('oversight.canaries.made'), cell: row => words.date(row.at, 'short') },
          {
            key: 'reads',
            title: t('oversight.canaries.reads'),
            cell: row =>
              row.reads.length === 0 ? (
                t('oversight.canaries.unread')
              ) : (
                <ul className="plain-list">
                  {row.reads.slice(0, 10).map(one => (
                    <li key={one.event}>
                      {one.name} · {words.dateTime(one.at)}
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      <Plant />
    </div>
  )
}

/** Two weeks to four months ago: among other cases, so that nobody saw it come. */
const someTimeAgo = (): number =>
  Date.now() - 14 * 86_400_000 - (crypto.getRandomValues(new Uint32Array(1))[0]! % (106 * 86_400)) * 1000

function Plant() {
  const { t } = useWords()
  const [givenName, setGiven] = useState('')
  const [familyName, setFamily] = useState('')
  const plant = useCommand(oversight.plantCanary, [oversight.listCanaries.id])
  const errors = useFormErrors()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!givenName.trim() || !familyName.trim()) return
    plant.mutate(
      {
        body: {
          id: newId(someTimeAgo()),
          givenName: givenName.trim().normalize('NFC'),
          familyName: familyName.trim().normalize('NFC'),
        },
      },
      {
        onSuccess: () => {
          errors.clear()
          setGiven('')
          setFamily('')
        },
        onError: errors.take,
      },
    )
  }
  return (
    <Card title={t('oversight.canaries.plant')}>
      <form className="stack" onSubmit={submit} noValidate>
        <ErrorSummary errors={errors.errors} />
        {plant.data && (
          <Banner tone="good" role="status">
            {t('oversight.canaries.planted', { reference: plant.data.reference })}
          </Banner>
        )}
        <p>{t('oversight.canaries.names')}</p>
        <TextField
          name="givenName"
          label={t('oversight.canaries.given')}
          autoComplete="off"
          width="medium"
          value={givenName}
          error={errors.of('givenName')}
          onChange={event => setGiven(event.target.value)}
        />
        <TextField
          name="familyName"
          label={t('oversight.canaries.family')}
          autoComplete="off"
          width="medium"
          value={familyName}
          error={errors.of('familyName')}
          onChange={event => setFamily(event.target.value)}
        />
        <div className="actions">
          <Button type="submit" busy={plant.isPending} disabled={!givenName.trim() || !familyName.trim()}>
            {t('oversight.canaries.save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
