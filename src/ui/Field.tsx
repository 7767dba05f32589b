import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { useWords } from './words-context.tsx'

export interface FieldText {
  label: ReactNode
  hint?: ReactNode
  /** Says what to do, in plain words; shown above the control and read with it. */
  error?: string | undefined
  /** Marks what may be left empty; everything else is expected. */
  optional?: boolean
}

/** The id of a field's hint or error, and the `aria-describedby` that names those present. */
export const describedBy = (id: string, { hint, error }: Pick<FieldText, 'hint' | 'error'>): string | undefined =>
  classes(Boolean(hint) && `${id}-hint`, Boolean(error) && `${id}-error`) || undefined

/** Hint and error of a field, in the order they are read. */
export function FieldNotes({ id, hint, error }: { id: string } & Pick<FieldText, 'hint' | 'error'>) {
  const { t } = useWords()
  return (
    <>
      {hint && (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          <span className="hidden-visually">{t('ui.field.error')} </span>
          {error}
        </p>
      )}
    </>
  )
}

/** Text of a label, with its "optional". */
export function FieldLabel({ label, optional }: Pick<FieldText, 'label' | 'optional'>) {
  const { t } = useWords()
  return (
    <>
      {label}
      {optional && <span className="field-optional"> ({t('ui.field.optional')})</span>}
    </>
  )
}

/** Label, hint and error around one control. */
export function Field({ id, label, hint, error, optional, children }: FieldText & { id: string; children: ReactNode }) {
  return (
    <div className={classes('field', error && 'field-wrong')}>
      <label className="field-label" htmlFor={id}>
        <FieldLabel label={label} optional={optional} />
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

/** The same around a group of controls. `id` is the first control's, where the error summary leads. */
export function FieldSet({
  id,
  label,
  hint,
  error,
  optional,
  hideLabel,
  children,
}: FieldText & { id: string; hideLabel?: boolean; children: ReactNode }) {
  return (
    <fieldset className={classes('field', error && 'field-wrong')} aria-describedby={describedBy(id, { hint, error })}>
      <legend className={hideLabel ? 'hidden-visually' : 'field-label'}>
        <FieldLabel label={label} optional={optional} />
      </legend>
      <FieldNotes id={id} hint={hint} error={error} />
      {children}
    </fieldset>
  )
}
