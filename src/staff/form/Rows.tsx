import type { QuestionView, RepeatView, RowView } from '#platform/forms/view.ts'
import type { Words } from '#platform/words/words.ts'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { useWords } from '#ui/words-context.tsx'
import { answerText } from './answer-text.ts'
import { useForm } from './form-context.tsx'
import type { Interview } from './interview.ts'
import { questionsIn } from './paths.ts'

/** A row by its own label; by its number where the label says the same of every row. */
export const rowName = (row: RowView, repeat: RepeatView, place: number, { t }: Words): string =>
  row.label && row.label !== repeat.label && repeat.rows.every(one => one === row || one.label !== row.label)
    ? row.label
    : t('form.rows.one', { what: row.label ?? repeat.label ?? '', place })

const shown = (view: QuestionView) => view.relevant && !['note', 'calculate', 'hidden', 'meta'].includes(view.type)

/** What is told of a row in a list: its first answers. */
function about(row: RowView, interview: Interview, words: Words): string {
  const answers = [...questionsIn([row])]
    .filter(shown)
    .map(view => answerText(view, interview, words).replaceAll('\n', ', '))
  const told = answers.filter(Boolean).slice(0, 3).join(' · ')
  return told || words.t('form.unanswered')
}

/** The rows of a repeat as a list: change one, take one away and take that back, add one. */
export function RowList({ repeat }: { repeat: RepeatView }) {
  const { interview } = useForm()
  const words = useWords()
  const { t } = words
  return (
    <div className="form-rows">
      {repeat.rows.length === 0 && <p className="form-note">{t('form.rows.none')}</p>}
      <ul className="things">
        {repeat.rows.map((row, index) => {
          const name = rowName(row, repeat, index + 1, words)
          return interview.isLeaving(repeat.path, row.key) ? (
            <Taken key={row.key} repeat={repeat} row={row} name={name} />
          ) : (
            <li key={row.key} className="thing">
              <div>
                <strong dir="auto">{name}</strong>
                <p className="form-note" dir="auto">
                  {about(row, interview, words)}
                </p>
              </div>
              <div className="actions">
                <Button
                  variant="secondary"
                  compact
                  aria-label={t('ui.check.change-what', { what: name })}
                  onClick={() => interview.changeRow(repeat.path, row.key)}
                >
                  {t('ui.check.change')}
                </Button>
                <Remove repeat={repeat} row={row} name={name} />
              </div>
            </li>
          )
        })}
      </ul>
      <AddRow repeat={repeat} />
    </div>
  )
}

export function Remove({ repeat, row, name }: { repeat: RepeatView; row: RowView; name: string }) {
  const { interview } = useForm()
  const { t } = useWords()
  return (
    <Button
      variant="secondary"
      compact
      aria-label={t('form.rows.remove-what', { what: name })}
      onClick={() => interview.takeRow(repeat.path, row.key, true)}
    >
      {t('form.rows.remove')}
    </Button>
  )
}

/** A row that goes when the page is left. */
export function Taken({ repeat, row, name }: { repeat: RepeatView; row: RowView; name: string }) {
  const { interview } = useForm()
  const { t } = useWords()
  return (
    <li className="thing form-taken">
      <p role="status">{t('form.rows.removed', { what: name })}</p>
      <Button
        variant="secondary"
        compact
        // Where the button was that is gone now.
        autoFocus
        aria-label={t('form.rows.undo-what', { what: name })}
        onClick={() => interview.takeRow(repeat.path, row.key, false)}
      >
        {t('form.rows.undo')}
      </Button>
    </li>
  )
}

export function AddRow({ repeat, onAdded }: { repeat: RepeatView; onAdded?: (row: string) => void }) {
  const { interview, mode } = useForm()
  const { t } = useWords()
  if (repeat.fixed) return null
  const add = () => {
    const row = interview.addRow(repeat.path, mode)
    if (row) onAdded?.(row)
  }
  return (
    <Button variant="secondary" id={repeat.path} onClick={add}>
      <Icon name="plus" />
      {t(repeat.rows.length === 0 ? 'form.rows.add' : 'form.rows.add-more')}
    </Button>
  )
}
