import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { StepPage, type StepPageProps } from './StepPage.tsx'
import { Summary } from './Summary.tsx'
import { useWords } from './words-context.tsx'

export interface CheckedRow {
  /** Also names the button that leads back to it. */
  term: string
  value: ReactNode
  /** Leads back to where this was answered; once for each page, beside its first answer. */
  onChange?: (() => void) | false | undefined
}

export interface CheckPageProps extends Omit<StepPageProps, 'children' | 'errors' | 'onSkip'> {
  rows: readonly CheckedRow[]
  /** What went wrong when it was sent. */
  problem?: ReactNode
}

/** The last page of a journey: every answer once more, each with the way back to it, before it becomes a record. */
export function CheckPage({ rows, problem, ...page }: CheckPageProps) {
  const { t } = useWords()
  return (
    <StepPage {...page}>
      {problem}
      <Summary
        rows={rows.map(({ term, value, onChange }) => ({
          term,
          value,
          action: onChange && (
            <Button variant="quiet" compact onClick={onChange} aria-label={t('ui.check.change-what', { what: term })}>
              {t('ui.check.change')}
            </Button>
          ),
        }))}
      />
    </StepPage>
  )
}
