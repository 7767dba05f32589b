import { Button } from '#ui/Button.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Page, shownFields } from '../journey.ts'
import { shortScreen } from '../signs.ts'
import type { Draft } from './draft.ts'
import { useAnswerText } from './use-answer-text.ts'

/** What was answered, page by page. The questions are one row: they were asked one by one, they are read together. */
export function Answered({
  draft,
  path,
  onChange,
}: {
  draft: Draft
  path: readonly Page[]
  onChange: (page: string) => void
}) {
  const { t } = useWords()
  const textOf = useAnswerText()
  const { answers } = draft
  const change = (page: string, what: string) => (
    <Button
      variant="quiet"
      compact
      onClick={() => onChange(page)}
      aria-label={t('screening.check.change-what', { what })}
    >
      {t('screening.check.change')}
    </Button>
  )
  const signs = Array.isArray(answers.signs) ? answers.signs : []
  const signList = (
    <ul className="plain-list">
      {signs.map(code => (
        <li key={code}>{t(`screening.sign.${code}`)}</li>
      ))}
    </ul>
  )
  const given = shortScreen.items.map(code => answers[`answers.${code}`]).filter(one => one && one !== 'not-asked')
  const rows = path
    .filter(page => page.fields.length > 0 && !page.id.startsWith('ask.'))
    .flatMap(page =>
      shownFields(page, answers).map((field, place) => {
        const term = t(`screening.field.${field.name}`)
        const asked = page.id === 'ask' && answers.ask === 'yes'
        return {
          term,
          value: asked
            ? t('screening.check.answered', { yes: given.filter(one => one === 'yes').length, count: given.length })
            : field.name === 'signs' && signs.length > 0
              ? signList
              : textOf(field, answers[field.name]) || t('screening.check.left-out'),
          // One way back for each page, beside its first answer.
          ...(place === 0 && { action: change(page.id, term) }),
        }
      }),
    )
  return <Summary rows={rows} />
}
