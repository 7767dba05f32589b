import type { ReactNode } from 'react'
import { toggled } from './choices.ts'
import { classes } from './classes.ts'
import { FieldSet, type FieldText } from './Field.tsx'

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
  /** Rules out the others, like "none of these". */
  exclusive?: boolean
}

interface Common extends FieldText {
  name: string
  options: readonly Choice[]
  /** Short answers side by side, like yes and no. */
  inline?: boolean
  /** For a page whose title already asks the question. */
  hideLabel?: boolean
}

export type ChoiceGroupProps =
  | (Common & { kind: 'radio'; value: string; onChange: (value: string) => void })
  | (Common & { kind: 'checkbox'; value: readonly string[]; onChange: (value: string[]) => void })

/** One of several, or several of several, as cards large enough for a thumb. */
export function ChoiceGroup(props: ChoiceGroupProps) {
  const { name, options, inline, hideLabel, kind, label, hint, error, optional } = props
  return (
    <FieldSet id={name} label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel}>
      <div className={classes('choices', inline && 'choices-inline')}>
        {options.map((option, place) => {
          // The first carries the field's id: that is where the error summary leads.
          const id = place === 0 ? name : `${name}-${option.value}`
          const checked = props.kind === 'radio' ? props.value === option.value : props.value.includes(option.value)
          const choose = () =>
            props.kind === 'radio'
              ? props.onChange(option.value)
              : props.onChange(toggled(props.value, option, options))
          return (
            <label key={option.value} className="choice" htmlFor={id}>
              <input
                type={kind}
                className="choice-input"
                id={id}
                name={name}
                value={option.value}
                checked={checked}
                onChange={choose}
                aria-invalid={error ? true : undefined}
                aria-describedby={option.hint ? `${id}-note` : undefined}
              />
              <span className="choice-mark" aria-hidden="true" />
              <span className="choice-text">
                <span className="choice-label">{option.label}</span>
                {option.hint && (
                  <span className="choice-hint" id={`${id}-note`}>
                    {option.hint}
                  </span>
                )}
              </span>
            </label>
          )
        })}
      </div>
    </FieldSet>
  )
}
