import { useState } from 'react'
import type { ChoiceView } from '#platform/forms/view.ts'
import { Button } from '#ui/Button.tsx'
import { toggled } from '#ui/choices.ts'
import { classes } from '#ui/classes.ts'
import { useWords } from '#ui/words-context.tsx'
import { useForm } from '../form-context.tsx'
import { ChoiceCard, isAlone } from './ChoiceCard.tsx'
import { FieldFrame, type FieldProps, fieldNames } from './field.tsx'

/** More choices than these are searched. */
const many = 12
/** As many found choices as are shown at once. */
const shownAtOnce = 8
const sideBySide = new Set(['horizontal', 'horizontal-compact', 'likert', 'columns', 'columns-pack'])

/** One of several or several of several: cards, the browser's own list, or cards found by typing. */
export function ChoiceField(props: FieldProps) {
  const { view } = props
  const { interview } = useForm()
  const choices = view.choices ?? []
  const several = view.type === 'select-multiple'
  const chosen = several ? ((view.value ?? []) as readonly string[]) : view.value === null ? [] : [String(view.value)]
  const choose = (choice: ChoiceView) => {
    const all = choices.map(one => ({ value: one.name, exclusive: isAlone(one) }))
    const next = several ? toggled(chosen, all.find(one => one.value === choice.name)!, all) : choice.name
    interview.answer(view.path, next.length > 0 ? next : null)
  }
  const shared = { ...props, choices, chosen, several, onChoose: choose }
  if (view.appearance.includes('minimal') && !several) return <NativeList {...shared} />
  const searched =
    view.appearance.includes('autocomplete') || (choices.length > many && !sideBySide.has(view.appearance[0] ?? ''))
  return searched ? <Searched {...shared} /> : <Cards {...shared} />
}

interface ChoosingProps extends FieldProps {
  readonly choices: readonly ChoiceView[]
  readonly chosen: readonly string[]
  readonly several: boolean
  readonly onChoose: (choice: ChoiceView) => void
}

function Cards(props: ChoosingProps) {
  const { view, choices, several } = props
  const { t } = useWords()
  const inline = view.appearance.some(word => sideBySide.has(word))
  return (
    <FieldFrame {...props} group={several ? 'group' : 'radiogroup'}>
      {several && <p className="field-hint">{t('form.choose.several')}</p>}
      <div className={classes('choices', inline && 'choices-inline')}>{cards(props, choices)}</div>
      {choices.length === 0 && <p className="field-hint">{t('form.choose.nothing')}</p>}
      <TakeBack {...props} />
    </FieldFrame>
  )
}

const cards = (props: ChoosingProps, choices: readonly ChoiceView[]) =>
  choices.map((choice, place) => (
    <ChoiceCard
      key={choice.name}
      view={props.view}
      choice={choice}
      // The first carries the field's id: that is where the error summary leads.
      id={place === 0 ? props.view.path : `${props.view.path}:${choice.name}`}
      kind={props.several ? 'checkbox' : 'radio'}
      checked={props.chosen.includes(choice.name)}
      wrong={fieldNames(props)['aria-invalid']}
      onChoose={() => props.onChoose(choice)}
    />
  ))

/** A radio that is on cannot be turned off, and a person may take an answer back. */
function TakeBack({ view, several, chosen }: ChoosingProps) {
  const { interview } = useForm()
  const { t } = useWords()
  if (several || chosen.length === 0) return null
  return (
    <Button variant="quiet" className="form-take-back" onClick={() => interview.answer(view.path, null)}>
      {t('form.take-back')}
    </Button>
  )
}

function NativeList(props: ChoosingProps) {
  const { view, choices, chosen } = props
  const { interview } = useForm()
  const { t } = useWords()
  return (
    <FieldFrame {...props}>
      <select
        {...fieldNames(props)}
        className="input input-select"
        value={chosen[0] ?? ''}
        onChange={event => interview.answer(view.path, event.target.value || null)}
      >
        <option value="">{t('form.choose.one')}</option>
        {choices.map(choice => (
          <option key={choice.name} value={choice.name} lang={interview.session.language}>
            {choice.label ?? t('form.other')}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** Without accents and capitals, as people type. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function Searched(props: ChoosingProps) {
  const { view, choices, chosen, several } = props
  const { t } = useWords()
  const [search, setSearch] = useState('')
  const wanted = plain(search.trim())
  const fitting = choices.filter(choice => plain(choice.label ?? t('form.other')).includes(wanted))
  const kept = choices.filter(choice => chosen.includes(choice.name))
  const others = fitting.filter(choice => !chosen.includes(choice.name))
  const found = others.slice(0, shownAtOnce)
  const names = fieldNames(props)
  return (
    <FieldFrame {...props} group="group">
      <input
        {...names}
        aria-labelledby={`${names['aria-labelledby']} ${view.path}:search`}
        type="search"
        className="input"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={event => setSearch(event.target.value)}
        onKeyDown={event => {
          // The form is sent by its button; here Enter ends the search.
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <p className="field-hint form-search-hint" id={`${view.path}:search`}>
        {t('form.choose.search')}
      </p>
      <p className="hidden-visually" role="status">
        {search && t('form.choose.found', { count: fitting.length })}
      </p>
      <div className="choices">
        {[...kept, ...found].map(choice => (
          <ChoiceCard
            key={choice.name}
            view={view}
            choice={choice}
            id={`${view.path}:${choice.name}`}
            kind={several ? 'checkbox' : 'radio'}
            checked={chosen.includes(choice.name)}
            wrong={names['aria-invalid']}
            onChoose={() => props.onChoose(choice)}
          />
        ))}
      </div>
      {fitting.length === 0 && search && <p className="field-hint">{t('form.choose.none')}</p>}
      {others.length > found.length && (
        <p className="field-hint form-search-hint">{t('form.choose.more', { count: others.length - found.length })}</p>
      )}
      <TakeBack {...props} />
    </FieldFrame>
  )
}
