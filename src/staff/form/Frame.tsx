import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '#ui/Button.tsx'
import { classes } from '#ui/classes.ts'
import { ErrorSummary, type FieldError } from '#ui/ErrorSummary.tsx'
import { useDocumentTitle } from '#ui/PageHeader.tsx'
import { StepReach } from '#ui/StepReach.tsx'
import { useWords } from '#ui/words-context.tsx'
import { soloHint, soloTitle } from './fields/field.tsx'
import { useForm } from './form-context.tsx'
import { Label, useSpeaker } from './Label.tsx'
import { ownName, type Said, tagOf } from './said.ts'

export interface FrameProps {
  /** Names the page; in the person's language where it is a question. */
  readonly title: Said
  /** Part of the form, above the title. */
  readonly caption?: string | undefined
  readonly hint?: Said | null
  readonly aloud?: ReactNode
  readonly errors: readonly FieldError[]
  readonly busy?: boolean | undefined
  readonly goOn: string
  readonly onGoOn: () => void
  readonly onBack?: (() => void) | undefined
  readonly onSkip?: (() => void) | undefined
  readonly children?: ReactNode
}

/**
 * A page of a form: how far it is as a line without numbers, the title, and within reach of a thumb all that is
 * pressed. The tab is named after the form, never after a question: a question may hold an answer.
 */
export function Frame(props: FrameProps) {
  const { title, caption, hint, aloud, errors, busy, goOn, onGoOn, onBack, onSkip, children } = props
  const { interview, mode } = useForm()
  const { t } = useWords()
  const speak = useSpeaker()
  const heading = useRef<HTMLHeadingElement>(null)
  useDocumentTitle(speak.title())
  const { moves } = interview
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is read from its title
  useEffect(() => {
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [moves])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onGoOn()
  }
  return (
    <form className={classes('step', 'form', mode === 'group' && 'form-wide')} onSubmit={submit} noValidate>
      <div className="form-top">
        <progress className="step-bar" value={interview.progress(mode)} max={1} aria-hidden="true" />
        <Languages />
      </div>
      <div className="step-body">
        <ErrorSummary errors={errors} />
        <div className="step-question">
          {caption && (
            <p className="step-caption" dir="auto">
              {caption}
            </p>
          )}
          <h1 ref={heading} tabIndex={-1} id={soloTitle}>
            <Label said={title} />
          </h1>
          {hint && (
            <div className="step-hint" id={soloHint}>
              <Label said={hint} />
            </div>
          )}
          {aloud}
        </div>
        {children}
      </div>
      <StepReach goOn={goOn} busy={busy} onBack={onBack} onSkip={onSkip}>
        <Button variant="quiet" onClick={() => interview.leave('paused')}>
          {t('form.pause')}
        </Button>
        <Button variant="quiet" onClick={() => interview.leave('stopped')}>
          {t('ui.stop')}
        </Button>
      </StepReach>
    </form>
  )
}

/** The language the questions are put in; the buttons stay in the officer's. */
function Languages() {
  const { interview } = useForm()
  const { t } = useWords()
  const { languages } = interview.definition
  if (languages.length < 2) return null
  const { language } = interview.session
  return languages.length > 3 ? (
    <select
      className="input input-select form-language"
      aria-label={t('form.language')}
      value={language}
      onChange={event => interview.setLanguage(event.target.value)}
    >
      {languages.map(one => (
        <option key={one} value={one} lang={tagOf(one)}>
          {ownName(one) ?? t('form.language.own')}
        </option>
      ))}
    </select>
  ) : (
    <fieldset className="switch" aria-label={t('form.language')}>
      {languages.map(one => (
        <button
          key={one}
          type="button"
          lang={tagOf(one)}
          className="switch-choice"
          aria-pressed={one === language}
          onClick={() => interview.setLanguage(one)}
        >
          {ownName(one) ?? t('form.language.own')}
        </button>
      ))}
    </fieldset>
  )
}
