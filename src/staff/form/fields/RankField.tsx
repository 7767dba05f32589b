import { useState } from 'react'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { Label, useSpeaker } from '../Label.tsx'
import { FieldFrame, type FieldProps } from './field.tsx'

/** Things put in an order with two buttons each; every move is said aloud by screen readers. */
export function RankField(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const { t } = useWords()
  const speak = useSpeaker()
  const [said, setSaid] = useState('')
  const choices = view.choices ?? []
  const ranked = (view.value ?? []) as readonly string[]
  const order = [...ranked, ...choices.map(one => one.name).filter(name => !ranked.includes(name))].flatMap(
    name => choices.find(one => one.name === name) ?? [],
  )
  const text = (place: number) => order[place]?.label ?? t('form.other')
  const move = (from: number, to: number) => {
    if (to < 0 || to >= order.length) return
    const names = order.map(one => one.name)
    names.splice(to, 0, ...names.splice(from, 1))
    setSaid(t('form.rank.moved', { what: text(from), place: to + 1, of: order.length }))
    interview.answer(view.path, names)
  }
  return (
    <FieldFrame {...props} group="group">
      {view.value === null && <p className="field-hint">{t('form.rank.not-yet')}</p>}
      <ol className="form-rank">
        {order.map((choice, place) => {
          const label = speak.choice(view, choice)
          return (
            <li key={choice.name} className="form-rank-row">
              <span className="form-rank-place" aria-hidden="true">
                {place + 1}
              </span>
              <span className="form-rank-text">{label ? <Label said={label} /> : t('form.other')}</span>
              {([-1, 1] as const).map(step => (
                <button
                  key={step}
                  type="button"
                  id={place === 0 && step === -1 ? view.path : undefined}
                  className="form-square"
                  aria-label={t(step < 0 ? 'form.rank.up' : 'form.rank.down', { what: text(place) })}
                  // Not `disabled`: what has just been moved to the end keeps the focus.
                  aria-disabled={(step < 0 ? place === 0 : place === order.length - 1) || undefined}
                  onClick={() => move(place, place + step)}
                >
                  <Icon name={step < 0 ? 'up' : 'down'} />
                </button>
              ))}
            </li>
          )
        })}
      </ol>
      <p className="hidden-visually" role="status">
        {said}
      </p>
      {view.value === null ? (
        <Button
          variant="secondary"
          onClick={() =>
            interview.answer(
              view.path,
              order.map(one => one.name),
            )
          }
        >
          {t('form.rank.right')}
        </Button>
      ) : (
        <Button variant="quiet" className="form-take-back" onClick={() => interview.answer(view.path, null)}>
          {t('form.take-back')}
        </Button>
      )}
    </FieldFrame>
  )
}
