import { useState } from 'react'
import { type DateParts, joinedDate, partsOfDate } from './date-parts.ts'
import { FieldSet, type FieldText } from './Field.tsx'
import { useWords } from './words-context.tsx'

export interface DateFieldProps extends FieldText {
  name: string
  /** `2026-03-14`, or what an unfinished date gave. */
  value: string
  /**
   * Gets `''` when all three are empty, `2026-03-14` once they are a date's numbers, and otherwise the parts as
   * typed (`2026--14`), which no date rule accepts.
   */
  onChange: (value: string) => void
  hideLabel?: boolean
  /** Offers the browser to fill a birthday in; off where the date is another person's. */
  autoComplete?: 'bday' | 'off'
}

const order = ['day', 'month', 'year'] as const

/** A date that people know by heart, as three short fields; no calendar to leaf through. */
export function DateField(props: DateFieldProps) {
  const { name, value, onChange, autoComplete = 'off', error, ...text } = props
  const { t } = useWords()
  const [parts, setParts] = useState<DateParts>(() => partsOfDate(value))
  // Keeps what is being typed ("0" on the way to "07") unless the value was changed from outside.
  const shown = joinedDate(parts) === value ? parts : partsOfDate(value)
  const change = (part: keyof DateParts, typed: string) => {
    const next = { ...shown, [part]: typed.replace(/\D/g, '').slice(0, part === 'year' ? 4 : 2) }
    setParts(next)
    onChange(joinedDate(next))
  }
  return (
    <FieldSet id={name} error={error} {...text}>
      <div className="date">
        {order.map((part, place) => {
          const id = place === 0 ? name : `${name}-${part}`
          return (
            <div key={part} className="date-part">
              <label htmlFor={id}>{t(`ui.date.${part}`)}</label>
              <input
                id={id}
                name={`${name}-${part}`}
                className={`input date-${part}`}
                inputMode="numeric"
                autoComplete={autoComplete === 'bday' ? `bday-${part}` : 'off'}
                value={shown[part]}
                onChange={event => change(part, event.target.value)}
                aria-invalid={error ? true : undefined}
              />
            </div>
          )
        })}
      </div>
    </FieldSet>
  )
}
