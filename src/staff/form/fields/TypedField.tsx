import { type ChangeEvent, useReducer } from 'react'
import { limits } from '#platform/forms/definition.ts'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'

const typedPlaces = new Set(['geopoint', 'geotrace', 'geoshape', 'barcode'])

/** Everything that is written: text, numbers, times, places. */
export function TypedField(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const { t } = useWords()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const { type } = view
  const shown = interview.textOf(view) ?? textFor(type, view.typed ?? view.value)
  const change = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    interview.type(view.path, target.value, type === 'decimal' ? withPoint(target.value) : target.value)
    redraw()
  }
  const names = fieldNames(props)
  const place = typedPlaces.has(type)
  const described = [names['aria-describedby'], place && `${view.path}:how`].filter(Boolean).join(' ') || undefined
  const common = {
    ...names,
    'aria-describedby': described,
    name: view.path,
    value: shown,
    onChange: change,
    autoComplete: 'off',
    // Some browsers send what is written away to have its spelling checked.
    spellCheck: false,
  }
  const long = type === 'text' && view.appearance.includes('multiline')
  return (
    <FieldFrame {...props}>
      {place && (
        <p className="field-hint" id={`${view.path}:how`}>
          {t(`form.how.${type}`)}
        </p>
      )}
      {long || type === 'geotrace' || type === 'geoshape' ? (
        <textarea {...common} className="input input-area" rows={long ? 5 : 3} maxLength={limits.answerLength} />
      ) : (
        <input
          {...common}
          {...shapes[type]}
          {...(view.appearance.includes('numbers') && { inputMode: 'numeric' as const })}
        />
      )}
    </FieldFrame>
  )
}

const line = { type: 'text', className: 'input', maxLength: limits.answerLength } as const
const shapes: Record<string, object> = {
  text: line,
  barcode: line,
  geopoint: line,
  integer: { ...line, className: 'input input-short', inputMode: 'numeric', maxLength: 30 },
  decimal: { ...line, className: 'input input-short', inputMode: 'decimal', maxLength: 40 },
  time: { type: 'time', className: 'input input-medium' },
  datetime: { type: 'datetime-local', className: 'input input-medium', max: '9999-12-31T23:59' },
}

/** `1,5` is a number where people write it so; `1,500` may be either and is asked about. */
const withPoint = (text: string): string =>
  /^\s*[-+]?\d+,(?!\d{3}\s*$)\d+\s*$/.test(text) ? text.replace(',', '.') : text

function textFor(type: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (type === 'time') return String(value).slice(0, 5)
  if (type === 'datetime') return String(value).slice(0, 16)
  return String(value)
}
