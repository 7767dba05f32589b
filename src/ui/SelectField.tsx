import type { ComponentProps } from 'react'
import { classes } from './classes.ts'
import { describedBy, Field, type FieldText } from './Field.tsx'

export interface SelectFieldProps extends FieldText, Omit<ComponentProps<'select'>, 'name' | 'id'> {
  name: string
  id?: string
  options: readonly { value: string; label: string }[]
  /** The line shown while nothing is chosen; its value is the empty text. */
  placeholder?: string
}

/** One of a known list too long for cards, as the browser's own list. */
export function SelectField(props: SelectFieldProps) {
  const { label, hint, error, optional, id, options, placeholder, className, ...rest } = props
  const at = id ?? rest.name
  return (
    <Field id={at} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={at}
        className={classes('input', 'input-select', className)}
        aria-describedby={describedBy(at, { hint, error })}
        aria-invalid={error ? true : undefined}
        {...rest}
      >
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
