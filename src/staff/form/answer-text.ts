import type { QuestionView } from '#platform/forms/view.ts'
import type { Words } from '#platform/words/words.ts'
import type { Interview } from './interview.ts'

/** An answer as a text to read again; empty where there is none. What is no answer is shown as it was typed. */
export function answerText(view: QuestionView, interview: Interview, words: Words): string {
  const { t } = words
  if (interview.declined(view.path)) return t('form.not-said')
  if (view.typed !== undefined) return String(view.typed)
  const { value, type } = view
  if (value === null) return ''
  const choiceText = (name: string) => {
    const choice = view.choices?.find(one => one.name === name)
    return choice ? (choice.label ?? t('form.other')) : name
  }
  if (type === 'rank' && Array.isArray(value))
    return (value as string[]).map((name, place) => `${place + 1}. ${choiceText(name)}`).join('\n')
  if (type === 'select-multiple' && Array.isArray(value)) return (value as string[]).map(choiceText).join('\n')
  if (type === 'select-one') return choiceText(String(value))
  if (type === 'acknowledge') return t('form.acknowledged')
  if (type === 'date') return dateText(String(value), view, words)
  // A clock's own hands, in no zone: what was said, not a moment.
  if (type === 'time') return String(value).slice(0, 5)
  if (type === 'datetime') return `${words.date(String(value).slice(0, 10))}, ${String(value).slice(11, 16)}`
  if (typeof value === 'number') return words.number(value, { maximumFractionDigits: 10 })
  const file = interview.fileOf(String(value))
  return file?.name ?? String(value)
}

function dateText(value: string, view: QuestionView, words: Words): string {
  if (view.appearance.includes('year')) return value.slice(0, 4)
  return words.date(value, view.appearance.includes('month-year') ? 'month' : 'short')
}
