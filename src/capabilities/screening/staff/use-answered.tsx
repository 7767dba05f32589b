import type { FormDefinition } from '#platform/forms/definition.ts'
import type { CheckedRow } from '#ui/CheckPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { childOf, type Page, shownFields, type Using } from '../journey.ts'
import type { Draft } from './draft.ts'
import { answersIn, declinedIn, namesOf, questionsOf } from './instruments/names.ts'
import { useAnswerText } from './use-answer-text.ts'
import { useDefinition } from './use-filling.ts'

/** What was answered, page by page. An instrument is one row: it was asked one by one, it is read together. */
export function useAnswered(
  { answers, made }: Draft,
  path: readonly Page[],
  onChange: (page: string) => void,
): CheckedRow[] {
  const { t, lang } = useWords()
  const textOf = useAnswerText()
  const forms = {
    card: useDefinition(made.card).data?.form,
    shortScreen: useDefinition(made.shortScreen).data?.form,
  }
  return path.flatMap((page): CheckedRow[] => {
    if (page.form) {
      const used = made[page.form]
      const form = forms[page.form]
      return [
        {
          term: t(`screening.check.${page.form}`),
          value: (used && form && <Filled used={used} form={form} />) ?? t('screening.check.left-out'),
          onChange: () => onChange(page.id),
        },
      ]
    }
    return shownFields(page, answers).map((field, place) => ({
      term: t(`screening.field.${field.name}`),
      value:
        field.name === 'signCard' && forms.card && answers.signCard === made.card?.instrument
          ? namesOf(forms.card, lang).say(forms.card.title)
          : textOf(field, field.name === 'child' ? childOf(answers) : answers[field.name]) ||
            t('screening.check.left-out'),
      onChange: place === 0 && (() => onChange(page.id)),
    }))
  })
}

/** Answers given with an instrument: of several choices one a line, any other answer behind its question. */
function Filled({ used, form }: { used: Using; form: FormDefinition }) {
  const { t, lang } = useWords()
  const names = namesOf(form, lang)
  const several = new Set(
    [...questionsOf(form.body)].flatMap(([, { name, type }]) => (type === 'select-multiple' ? name : [])),
  )
  const lines = answersIn(used.answers).flatMap(([name, values]) =>
    values.map(value => ({ name: several.has(name) ? '' : names.question(name), text: names.answer(name, value) })),
  )
  const declined = declinedIn(used.declined).map(name => ({
    name: names.question(name),
    text: t('screening.asked.not-said'),
  }))
  const all = [...lines, ...declined]
  if (all.length === 0) return t('screening.check.left-out')
  return (
    <ul className="plain-list">
      {all.map(({ name, text }) => (
        <li key={`${name} ${text}`}>
          {name ? (
            <>
              {name} <strong>{text}</strong>
            </>
          ) : (
            text
          )}
        </li>
      ))}
    </ul>
  )
}
