import type { ReactNode } from 'react'
import type { Problem, QuestionView } from '#platform/forms/view.ts'
import type { Words } from '#platform/words/words.ts'
import { classes } from '#ui/classes.ts'
import { useWords } from '#ui/words-context.tsx'
import { Label, useSpeaker } from '../Label.tsx'
import { LabelMedia } from '../LabelMedia.tsx'
import { ReadAloud } from '../ReadAloud.tsx'

/** One question on a page. */
export interface FieldProps {
  readonly view: QuestionView
  /** It has the page to itself: the page's title is its label. */
  readonly solo: boolean
  /** Whether what is wrong is said: after somebody wanted to go on. */
  readonly told: boolean
}

/** Ids of the title and hint of a page with one question. */
export const soloTitle = 'form-title'
export const soloHint = 'form-hint'

/** What a control says of itself to a screen reader. */
export function fieldNames({ view, solo, told }: FieldProps) {
  const wrong = told && view.problems.length > 0
  return {
    id: view.path,
    'aria-labelledby': solo ? soloTitle : `${view.path}:label`,
    'aria-describedby':
      classes(view.hint && (solo ? soloHint : `${view.path}:hint`), wrong && `${view.path}:error`) || undefined,
    'aria-invalid': wrong || undefined,
  }
}

export function problemText(
  { code, message }: Problem,
  view: QuestionView | undefined,
  { t, has, number }: Words,
): string {
  if (message) return message
  const key = `form.problem.${code}`
  const { start = 0, end = 0 } = view?.question.range ?? {}
  return has(key)
    ? t(key, { least: number(Math.min(start, end)), most: number(Math.max(start, end)) })
    : t('form.problem.other')
}

/** Label, hint, what is wrong, and the control. `group` where the control is several. */
export function FieldFrame({
  group,
  children,
  ...props
}: FieldProps & { group?: 'group' | 'radiogroup'; children?: ReactNode }) {
  const { view, solo, told } = props
  const words = useWords()
  const { t } = words
  const speak = useSpeaker()
  const label = speak.label(view)
  const hint = speak.hint(view)
  const recording = speak.recording(view)
  const names = fieldNames(props)
  const wrong = told && view.problems.length > 0
  const named = group && {
    role: group,
    'aria-labelledby': names['aria-labelledby'],
    'aria-describedby': names['aria-describedby'],
  }
  return (
    <div className={classes('field', 'form-field', wrong && 'field-wrong')} {...named}>
      {!solo && (
        <>
          <div className="form-label-row">
            {group ? (
              <div className="form-label" id={`${view.path}:label`}>
                {label ? <Label said={label} /> : view.name}
              </div>
            ) : (
              <label className="form-label" htmlFor={view.path} id={`${view.path}:label`}>
                {label ? <Label said={label} /> : view.name}
              </label>
            )}
            {label && recording && <ReadAloud texts={[label.text]} lang={label.lang} recording={recording} />}
          </div>
          {hint && (
            <div className="field-hint" id={`${view.path}:hint`}>
              <Label said={hint} />
            </div>
          )}
          <LabelMedia media={view.media} />
        </>
      )}
      {view.guidance && (
        <details className="form-more">
          <summary>{t('form.guidance')}</summary>
          <p dir="auto">{view.guidance}</p>
        </details>
      )}
      {wrong && (
        <p className="field-error" id={`${view.path}:error`}>
          <span className="hidden-visually">{t('ui.field.error')} </span>
          {view.problems.map(problem => problemText(problem, view, words)).join(' ')}
        </p>
      )}
      {children}
    </div>
  )
}
