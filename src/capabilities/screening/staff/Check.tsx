import { lazy, Suspense } from 'react'
import { newId, useCommand } from '#staff/api.ts'
import { CheckPage } from '#ui/CheckPage.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../contract.ts'
import { pathOf, recordOf } from '../journey.ts'
import type { Draft } from './draft.ts'
import { useAnswered } from './use-answered.tsx'

// Fetched when there is somebody to compare with, so that the officer's first page stays small.
const Alike = lazy(async () => ({ default: (await import('#capabilities/cases/staff/parts.tsx')).Alike }))

/** All answers once more, each with the way back to it; one press sends them as one command. */
export function Check({
  draft,
  onChange,
  onSending,
  onBack,
  onStop,
  onRecorded,
  onRefused,
}: {
  draft: Draft
  onChange: (page: string) => void
  onSending: (sent: { body: string; key: string }) => void
  onBack: () => void
  onStop: () => void
  onRecorded: () => void
  /** Takes the officer to the page of the first wrong field; false when no page is about any of them. */
  onRefused: (errors: readonly FieldError[]) => boolean
}) {
  const words = useWords()
  const { t } = words
  const record = useCommand(screening.record, [screening.list.id])
  const path = pathOf(draft.answers)
  const rows = useAnswered(draft, path, onChange)
  const send = () => {
    const body = recordOf(draft.answers, draft.made)
    const text = JSON.stringify(body)
    const key = draft.sent?.body === text ? draft.sent.key : newId()
    onSending({ body: text, key })
    record.mutate(
      { body, key },
      { onSuccess: onRecorded, onError: error => void onRefused(problemText(error, words).errors) },
    )
  }
  return (
    <CheckPage
      title={t('screening.check.title')}
      caption={t('screening.caption')}
      hint={t('screening.check.hint')}
      step={path.length + 1}
      of={path.length + 1}
      busy={record.isPending}
      continueLabel={t('screening.check.send')}
      onContinue={send}
      onBack={onBack}
      onStop={onStop}
      problem={
        <>
          <Suspense>
            <Alike identity={recordOf(draft.answers, draft.made).identity} />
          </Suspense>
          {record.isError && <Problem error={record.error} onRetry={send} />}
        </>
      }
      rows={rows}
    />
  )
}
