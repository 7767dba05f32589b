import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from './Button.tsx'
import { ErrorSummary, type FieldError } from './ErrorSummary.tsx'
import { useDocumentTitle } from './PageHeader.tsx'
import { StepReach } from './StepReach.tsx'
import { useWords } from './words-context.tsx'

export interface StepPageProps {
  title: string
  /** What the questions are about, above the title: the name of the journey. */
  caption?: ReactNode
  hint?: ReactNode
  /** This page's place, from 1. Both or neither. */
  step?: number
  of?: number
  errors?: readonly FieldError[]
  busy?: boolean
  /** Defaults to "Continue"; name the act on the page that does something. */
  continueLabel?: string
  continueTone?: 'primary' | 'danger'
  onContinue: () => void
  onBack?: () => void
  onSkip?: () => void
  /** Leaves the journey; ask there whether to keep what was answered. */
  onStop?: () => void
  children?: ReactNode
}

/** One question a page, with everything that is pressed within reach of a thumb. */
export function StepPage(props: StepPageProps) {
  const { title, caption, hint, step, of, errors = [], busy, onContinue, onBack, onSkip, onStop, children } = props
  const { t } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(title)
  // A new question is read from its title, not from wherever the last one's button was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is what tells two questions apart
  useEffect(() => {
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [title])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onContinue()
  }
  return (
    <form className="step" onSubmit={submit} noValidate>
      {step !== undefined && of !== undefined && (
        <div className="step-progress">
          <span className="step-count">{t('ui.step.progress', { step, of })}</span>
          <progress className="step-bar" value={step} max={of} aria-hidden="true" />
        </div>
      )}
      <div className="step-body">
        <ErrorSummary errors={errors} />
        <div className="step-question">
          {caption && <p className="step-caption">{caption}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {hint && <div className="step-hint">{hint}</div>}
        </div>
        {children}
      </div>
      <StepReach
        goOn={props.continueLabel ?? t('ui.continue')}
        tone={props.continueTone}
        busy={busy}
        onBack={onBack}
        onSkip={onSkip}
      >
        {onStop && (
          <Button variant="quiet" onClick={onStop}>
            {t('ui.stop')}
          </Button>
        )}
      </StepReach>
    </form>
  )
}
