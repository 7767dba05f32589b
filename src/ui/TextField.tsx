import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import { describedBy, Field, type FieldText } from './Field.tsx'

export interface TextFieldProps extends FieldText, Omit<ComponentProps<'input'>, 'prefix' | 'name' | 'id'> {
  name: string
  /** Defaults to the name, which is where the error summary leads. */
  id?: string
  /** Room for about so many characters, where the length of an answer is known. */
  width?: 'short' | 'medium'
  /** Shown before the text and read as part of the label's hint, e.g. a currency. */
  prefix?: ReactNode
}

/** One line of text. */
export function TextField({ label, hint, error, optional, id, width, prefix, className, ...rest }: TextFieldProps) {
  const at = id ?? rest.name
  const input = (
    <input
      id={at}
      className={classes('input', width && `input-${width}`, className)}
      aria-describedby={describedBy(at, { hint, error })}
      aria-invalid={error ? true : undefined}
      {...rest}
    />
  )
  return (
    <Field id={at} label={label} hint={hint} error={error} optional={optional}>
      {prefix ? (
        <div className="input-row">
          <span className="input-prefix" aria-hidden="true">
            {prefix}
          </span>
          {input}
        </div>
      ) : (
        input
      )}
    </Field>
  )
}
