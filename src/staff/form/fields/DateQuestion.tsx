import { useState } from 'react'
import { type DateParts, joinedDate, partsOfDate } from '#ui/date-parts.ts'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'

/** A date in short fields, as people know it; only month and year, or the year, where the form asks no more. */
export function DateQuestion(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const { t } = useWords()
  const asked: readonly (keyof DateParts)[] = view.appearance.includes('year')
    ? ['year']
    : view.appearance.includes('month-year')
      ? ['month', 'year']
      : ['day', 'month', 'year']
  const value = interview.textOf(view) ?? String(view.typed ?? view.value ?? '')
  const [parts, setParts] = useState<DateParts>(() => partsOfDate(value))
  const join = (all: DateParts) => {
    const some = asked.some(part => all[part] !== '')
    // What is not asked is the first of its kind, as other programs store it.
    return joinedDate({
      year: all.year,
      month: asked.includes('month') || !some ? all.month : '1',
      day: asked.includes('day') || !some ? all.day : '1',
    })
  }
  const shown = join(parts) === value ? parts : partsOfDate(value)
  const change = (part: keyof DateParts, typed: string) => {
    const next = { ...shown, [part]: typed.replace(/\D/g, '').slice(0, part === 'year' ? 4 : 2) }
    if (asked.every(one => next[one] === '')) Object.assign(next, { year: '', month: '', day: '' })
    setParts(next)
    interview.type(view.path, join(next), join(next))
  }
  const names = fieldNames(props)
  return (
    <FieldFrame {...props} group="group">
      <div className="date">
        {asked.map((part, place) => {
          const id = place === 0 ? view.path : `${view.path}:${part}`
          return (
            <div key={part} className="date-part">
              <label htmlFor={id}>{t(`ui.date.${part}`)}</label>
              <input
                id={id}
                className={`input date-${part}`}
                inputMode="numeric"
                autoComplete="off"
                value={shown[part]}
                onChange={event => change(part, event.target.value)}
                aria-invalid={names['aria-invalid']}
              />
            </div>
          )
        })}
      </div>
    </FieldFrame>
  )
}
