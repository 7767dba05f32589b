import type { ChoiceView, QuestionView } from '#platform/forms/view.ts'
import { classes } from '#ui/classes.ts'
import { useWords } from '#ui/words-context.tsx'
import { Label, useSpeaker } from '../Label.tsx'
import { LabelMedia } from '../LabelMedia.tsx'

/** Choices that say that nothing will be told; they rule the others out and stand apart. */
const refusals = new Set(['not-said', 'prefer-not-to-say', 'prefer_not_to_say', 'refused'])
const alone = new Set([...refusals, 'none', 'unknown', 'dont-know', 'dont_know'])
export const isRefusal = ({ name }: Pick<ChoiceView, 'name'>): boolean => refusals.has(name)
export const isAlone = ({ name }: Pick<ChoiceView, 'name'>): boolean => alone.has(name)

/** One choice as a card for a thumb. */
export function ChoiceCard({
  view,
  choice,
  id,
  kind,
  checked,
  wrong,
  onChoose,
}: {
  view: QuestionView
  choice: ChoiceView
  id: string
  kind: 'radio' | 'checkbox'
  checked: boolean
  wrong: boolean | undefined
  onChoose: () => void
}) {
  const { t } = useWords()
  const said = useSpeaker().choice(view, choice)
  return (
    <label className={classes('choice', isRefusal(choice) && 'form-refusal')} htmlFor={id}>
      <input
        type={kind}
        className="choice-input"
        id={id}
        name={view.path}
        value={choice.name}
        checked={checked}
        onChange={onChoose}
        aria-invalid={wrong}
      />
      <span className="choice-mark" aria-hidden="true" />
      <span className="choice-text">{said ? <Label said={said} /> : t('form.other')}</span>
      <LabelMedia media={choice.media} small />
    </label>
  )
}
