import { useState } from 'react'
import { sizeText } from '#capabilities/cases/staff/parts.tsx'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Form } from '#ui/Form.tsx'
import { Loading } from '#ui/Loading.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Problem } from '#ui/Problem.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useFormErrors } from '#ui/use-form.ts'
import { useWords } from '#ui/words-context.tsx'
import { oversight } from '../contract.ts'
import { heldAnswers, type heldReasons, reasonsFor } from '../contract-held.ts'

type Row = Answer<typeof oversight.listHeld>['items'][number]
type Reason = (typeof heldReasons)[number]
type What = (typeof heldAnswers)[number]

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
        {one.answer !== null || answer.isSuccess ? (
          <Banner tone="good" role="status">
            {t(`oversight.held.done.${one.answer ?? answer.variables!.body.answer}`)}
          </Banner>
        ) : (
          <Decide
            id={one.id}
            scanner={scanner}
            busy={answer.isPending}
            errors={errors}
            onGo={body =>
              answer.mutate({ params: { file: one.id }, body }, { onSuccess: errors.clear, onError: errors.take })
            }
          />
        )}
      </div>
    </Card>
  )
}

/** What becomes of it, and why: nothing is let in or destroyed without a reason; what is destroyed is gone. */
function Decide({
  id,
  scanner,
  busy,
  errors,
  onGo,
}: {
  id: string
  scanner: boolean
  busy: boolean
  errors: ReturnType<typeof useFormErrors>
  onGo: (body: { answer: What; reason?: Reason }) => void
}) {
  const { t } = useWords()
  const [what, setWhat] = useState<What>()
  const [reason, setReason] = useState('')
  const reasons = what ? reasonsFor[what] : []
  const go = () => {
    const wrong = [
      ...(what ? [] : [{ field: `answer-${id}`, message: t('oversight.held.need-answer') }]),
      ...(reasons.length > 0 && !reason ? [{ field: `reason-${id}`, message: t('oversight.held.need-reason') }] : []),
    ]
    errors.set(wrong)
    if (wrong.length === 0 && what) onGo({ answer: what, ...(reason ? { reason: reason as Reason } : {}) })
  }
  return (
    <Form errors={errors.errors} busy={busy} submit={t('oversight.held.save')} onSubmit={go}>
      <ChoiceGroup
        kind="radio"
        name={`answer-${id}`}
        label={t('oversight.held.answer')}
        value={what ?? ''}
        onChange={value => {
          setWhat(value as What)
          setReason('')
        }}
        error={errors.of(`answer-${id}`)}
        options={heldAnswers
          .filter(one => one !== 'scan' || scanner)
          .map(one => ({ value: one, label: t(`oversight.held.${one}`), hint: t(`oversight.held.${one}-hint`) }))}
      />
      {reasons.length > 0 && (
        <SelectField
          name={`reason-${id}`}
          label={t('oversight.held.reason')}
          value={reason}
          placeholder={t('oversight.held.choose')}
          onChange={event => setReason(event.target.value)}
          error={errors.of(`reason-${id}`)}
          options={reasons.map(value => ({ value, label: t(`oversight.held.reason.${value}`) }))}
        />
      )}
    </Form>
  )
}
