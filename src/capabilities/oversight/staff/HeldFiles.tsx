import { useState } from 'react'
import { sizeText } from '#capabilities/cases/staff/parts.tsx'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { ErrorSummary } from '#ui/ErrorSummary.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'
import { type heldReasons, reasonsFor } from '../contract-held.ts'

type Row = Answer<typeof oversight.listHeld>['items'][number]
type Reason = (typeof heldReasons)[number]

/** Files that were set aside: what they are and what the scanner said, and what becomes of each. Nobody opens one here. */
export default function HeldFiles() {
  const { t } = useWords()
  const [after, setAfter] = useState<string>()
  const found = useAsk(oversight.listHeld, { query: after ? { after } : {} })
  return (
    <div className="stack">
      <PageHeader title={t('oversight.held.title')}>{t('oversight.held.lead')}</PageHeader>
      {found.isPending ? (
        <Loading lines={4} />
      ) : found.isError ? (
        <Problem error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.items.length === 0 ? (
        <EmptyState title={t('oversight.held.none')} />
      ) : (
        <>
          {found.data.items.map(one => (
            <Held key={one.id} one={one} scanner={found.data.scanner} />
          ))}
          {found.data.next && (
            <div className="actions">
              <Button variant="secondary" onClick={() => setAfter(found.data.next)}>
                {t('attachment.more')}
              </Button>
            </div>
          )}
        </>
      )}
    </div>
  )
}

function Held({ one, scanner }: { one: Row; scanner: boolean }) {
  const words = useWords()
  const { t } = words
  const answer = useCommand(oversight.answerHeld, [oversight.listHeld.id, oversight.alerts.id])
  const errors = useFormErrors()
  const go = (body: Parameters<typeof answer.mutate>[0]['body']) =>
    answer.mutate({ params: { file: one.id }, body }, { onSuccess: errors.clear, onError: errors.take })
  return (
    <Card title={t('oversight.held.one', { kind: one.kind.toUpperCase(), size: sizeText(one.size, words.number) })}>
      <div className="stack">
        <Summary
          rows={[
            { term: t('oversight.when'), value: words.dateTime(one.at) },
            {
              term: t('oversight.held.said'),
              value: (
                <>
                  {t(`oversight.held.code.${one.code}`)}
                  {one.found && (
                    <>
                      <br />
                      <code>{one.found}</code>
                    </>
                  )}
                </>
              ),
            },
          ]}
        />
        <ErrorSummary errors={errors.errors} />
        {one.answer !== null || answer.isSuccess ? (
          <Banner tone="good" role="status">
            {t(`oversight.held.done.${one.answer ?? answer.variables!.body.answer}`)}
          </Banner>
        ) : (
          <>
            {scanner && (
              <div className="actions">
                <Button variant="secondary" busy={answer.isPending} onClick={() => go({ answer: 'scan' })}>
                  {t('oversight.held.scan')}
                </Button>
              </div>
            )}
            {(['release', 'refuse'] as const).map(what => (
              <Decide key={what} what={what} busy={answer.isPending} onGo={reason => go({ answer: what, reason })} />
            ))}
          </>
        )}
      </div>
    </Card>
  )
}

/** Nothing is decided without a reason; what is destroyed is gone. */
function Decide({ what, busy, onGo }: { what: 'release' | 'refuse'; busy: boolean; onGo: (reason: Reason) => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  return (
    <>
      <SelectField
        name={what}
        label={t(`oversight.held.${what}-why`)}
        hint={t(`oversight.held.${what}-hint`)}
        value={reason}
        placeholder={t('oversight.held.choose')}
        onChange={event => setReason(event.target.value)}
        options={reasonsFor[what].map(value => ({ value, label: t(`oversight.held.reason.${value}`) }))}
      />
      <div className="actions">
        <Button variant="secondary" disabled={reason === ''} busy={busy} onClick={() => onGo(reason as Reason)}>
          {t(`oversight.held.${what}`)}
        </Button>
      </div>
    </>
  )
}
