import { Button } from '#ui/Button.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'

/** A number on a line, by the browser's own slider; nothing is chosen until somebody chooses. */
export function RangeField(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const { t, number } = useWords()
  const { start, end, step } = view.question.range ?? { start: 0, end: 10, step: 1 }
  const low = Math.min(start, end)
  const high = Math.max(start, end)
  const value = typeof view.value === 'number' ? view.value : undefined
  const set = (text: string) => interview.answer(view.path, Number(text))
  return (
    <FieldFrame {...props}>
      <output className="form-range-value" htmlFor={view.path}>
        {value === undefined ? t('form.range.none') : number(value)}
      </output>
      <input
        {...fieldNames(props)}
        type="range"
        className={value === undefined ? 'form-range form-range-unset' : 'form-range'}
        min={low}
        max={high}
        step={Math.abs(step) || 1}
        value={value ?? low}
        aria-valuetext={value === undefined ? t('form.range.none') : number(value)}
        onChange={event => set(event.target.value)}
        // The lowest is an answer too, and choosing it changes nothing that a browser would tell of.
        onClick={event => set(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== ' ' && event.key !== 'Home') return
          set(event.key === 'Home' ? String(low) : event.currentTarget.value)
        }}
      />
      <div className="form-range-ends" aria-hidden="true">
        <span>{number(low)}</span>
        <span>{number(high)}</span>
      </div>
      {value !== undefined && (
        <Button variant="quiet" className="form-take-back" onClick={() => interview.answer(view.path, null)}>
          {t('form.take-back')}
        </Button>
      )}
    </FieldFrame>
  )
}
