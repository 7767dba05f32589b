import { weekday } from '#platform/words/weekday.ts'
import { Button } from '#ui/Button.tsx'
import { ChoiceGroup } from '#ui/ChoiceGroup.tsx'
import { TextField } from '#ui/TextField.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Opening } from '../../contract.ts'
import { isAlways } from './hours-lines.ts'

const always: Opening = { days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }
const usual: Opening = { days: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' }

/** Days and times, a line for each; `error` says what is wrong with one field by its dotted name. */
export function HoursField({
  hours,
  onChange,
  error,
}: {
  hours: readonly Opening[]
  onChange: (hours: readonly Opening[]) => void
  error: (field: string) => string | undefined
}) {
  const { t, lang } = useWords()
  const dayNames = [1, 2, 3, 4, 5, 6, 7].map(day => ({
    value: String(day),
    label: weekday(day, lang),
  }))
  const set = (at: number, part: Partial<Opening>) =>
    onChange(hours.map((one, each) => (each === at ? { ...one, ...part } : one)))
  const open = isAlways(hours)
  return (
    <div className="hours-field">
      <ChoiceGroup
        kind="checkbox"
        name="hours"
        label={t('service.form.hours')}
        error={error('hours')}
        value={open ? ['always'] : []}
        onChange={value => onChange(value.includes('always') ? [always] : [])}
        options={[{ value: 'always', label: t('service.form.hours.always') }]}
      />
      {!open &&
        hours.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing else that stays
          <fieldset className="hours-line" key={at}>
            <legend className="hidden-visually">{t('service.form.hours')}</legend>
            <ChoiceGroup
              kind="checkbox"
              inline
              name={`hours.${at}.days`}
              label={t('service.form.hours.days')}
              error={error(`hours.${at}.days`)}
              options={dayNames}
              value={one.days.map(String)}
              onChange={days => set(at, { days: days.map(Number) })}
            />
            <div className="hours-times">
              <TextField
                name={`hours.${at}.from`}
                label={t('service.form.hours.from')}
                type="time"
                error={error(`hours.${at}.from`)}
                value={one.from}
                onChange={event => set(at, { from: event.target.value })}
              />
              <TextField
                name={`hours.${at}.to`}
                label={t('service.form.hours.to')}
                type="time"
                error={error(`hours.${at}.to`)}
                // The clock of a browser ends at 23:59; midnight ends a day here.
                value={one.to === '24:00' ? '00:00' : one.to}
                onChange={event => set(at, { to: event.target.value === '00:00' ? '24:00' : event.target.value })}
              />
              <Button variant="quiet" compact onClick={() => onChange(hours.filter((_, each) => each !== at))}>
                {t('service.form.hours.remove')}
              </Button>
            </div>
          </fieldset>
        ))}
      {!open && (
        <Button variant="secondary" compact onClick={() => onChange([...hours, usual])}>
          {t('service.form.hours.add')}
        </Button>
      )}
    </div>
  )
}
