import type { CheckedRow } from '#ui/CheckPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { childOf, type Page, shownFields } from '../journey.ts'
import { shortScreen } from '../signs.ts'
import type { Draft } from './draft.ts'
import { useAnswerText } from './use-answer-text.ts'

/** What was answered, page by page. The questions are one row: they were asked one by one, they are read together. */
export function useAnswered({ answers }: Draft, path: readonly Page[], onChange: (page: string) => void): CheckedRow[] {
  const { t } = useWords()
  const textOf = useAnswerText()
  const signs = Array.isArray(answers.signs) ? answers.signs : []
  const signList = (
    <ul className="plain-list">
      {signs.map(code => (
        <li key={code}>{t(`screening.sign.${code}`)}</li>
      ))}
    </ul>
  )
  const given = shortScreen.items.map(code => answers[`answers.${code}`]).filter(one => one && one !== 'not-asked')
  return path
    .filter(page => page.fields.length > 0 && !page.id.startsWith('ask.'))
    .flatMap(page =>
      shownFields(page, answers).map((field, place) => {
        const asked = page.id === 'ask' && answers.ask === 'yes'
        return {
          term: t(`screening.field.${field.name}`),
          value: asked
            ? t('screening.check.answered', { yes: given.filter(one => one === 'yes').length, count: given.length })
            : field.name === 'signs' && signs.length > 0
              ? signList
              : textOf(field, field.name === 'child' ? childOf(answers) : answers[field.name]) ||
                t('screening.check.left-out'),
          onChange: place === 0 && (() => onChange(page.id)),
        }
      }),
    )
}
