import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { describedBy, Field, type FieldText } from './Field.tsx'

export interface TextAreaProps extends FieldText, Omit<ComponentProps<'textarea'>, 'name' | 'id'> {
  name: string
  id?: string
}

/** Several lines of text; grows with what is written where the browser can. */
export function TextArea({ label, hint, error, optional, id, className, rows = 4, ...rest }: TextAreaProps) {
  const at = id ?? rest.name
  return (
    <Field id={at} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        id={at}
        rows={rows}
        className={classes('input', 'input-area', className)}
        aria-describedby={describedBy(at, { hint, error })}
        aria-invalid={error ? true : undefined}
        {...rest}
      />
    </Field>
  )
}
