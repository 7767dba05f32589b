import { type ReactNode, useState } from 'react'
import { TextToRead } from '#capabilities/consent/staff/parts.tsx'
import { Hotlines, UrgentSteps, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Page, type Part, shownFields, wrongOn } from '../journey.ts'
import { shortScreen } from '../signs.ts'
import type { Draft } from './draft.ts'
import { QuestionField } from './QuestionField.tsx'

/** One page of the journey, drawn from its description. */
export function QuestionPage({
  page,
  draft,
  step,
  of,
  refused,
  onAnswer,
  onContinue,
  onSkip,
  onBack,
  onStop,
}: {
  page: Page
  draft: Draft
  step: number
  of: number
  /** What the server did not accept. */
  refused: readonly FieldError[]
  onAnswer: (name: string, value: string | readonly string[]) => void
  onContinue: () => void
  onSkip: (() => void) | undefined
  onBack: () => void
  onStop: () => void
}) {
  const { t, has } = useWords()
  const [tried, setTried] = useState(false)
  const { answers, made } = draft
  const wrong = tried ? wrongOn(page, answers, made) : []
  const errors: FieldError[] = [
    ...wrong.map(({ field, code, limit }) => ({
      field,
      message: t(has(`screening.wrong.${code}`) ? `screening.wrong.${code}` : `problem.field.${code}`, { limit }),
    })),
    ...refused.filter(({ field }) => page.fields.some(({ name }) => field === name)),
  ]
  // Where a page asks several things, the summary says which; beside the field that is plain.
  const about = ({ field, message }: FieldError) =>
    page.fields.length > 1 && page.fields.some(one => one.name === field && !one.untitled)
      ? t('screening.wrong.about', { what: t(`screening.field.${field}`), message })
      : message
  const question = shortScreen.items.find(code => page.id === `ask.${code}`)
  const key = question ? `screening.ask.${question}` : `screening.page.${page.id}.title`
  const hint = question ? `screening.ask.${question}.hint` : `screening.page.${page.id}.hint`
  return (
    <StepPage
      title={t(key)}
      caption={
        question
          ? t('screening.ask.count', { n: shortScreen.items.indexOf(question) + 1, of: shortScreen.items.length })
          : t('screening.caption')
      }
      hint={has(hint) && t(hint)}
      step={step}
      of={of}
      errors={errors.map(error => ({ ...error, message: about(error) }))}
      onContinue={() => {
        setTried(true)
        if (wrongOn(page, answers, made).length === 0) onContinue()
      }}
      onBack={onBack}
      {...(onSkip && { onSkip })}
      onStop={onStop}
    >
      {page.part && <PartOf part={page.part} draft={draft} />}
      {shownFields(page, answers).map(field => (
        <QuestionField
          key={field.name}
          field={field}
          value={answers[field.name]}
          error={errors.find(error => error.field === field.name)?.message}
          onAnswer={value => onAnswer(field.name, value)}
        />
      ))}
      {(page.id === 'place' || question) && (
        <details className="in-step">
          <summary>{t('screening.home.danger')}</summary>
          <UrgentSteps />
        </details>
      )}
    </StepPage>
  )
}

const advice = { unsafe: [1, 2, 3, 4, 5], child: [1, 2, 3, 4] } as const

function PartOf({ part, draft }: { part: Part; draft: Draft }): ReactNode {
  const { t } = useWords()
  const { me, organisation } = useSession()
  if (part === 'danger') return <UrgentSteps />
  if (part === 'questions') return <Banner tone="info">{t('screening.instrument.not-validated')}</Banner>
  if (part === 'limits')
    return (
      <TextToRead
        version="limits-1"
        spoken={String(draft.answers.language ?? '')}
        values={() => ({ name: me.name, organisation: organisation.name })}
      />
    )
  return (
    <>
      <ul className="advice">
        {advice[part].map(n => (
          <li key={n}>{t(`screening.${part}.${n}`)}</li>
        ))}
      </ul>
      {part === 'child' && <ChildLine />}
    </>
  )
}

/** The number of those who protect children, where the country has one. */
function ChildLine() {
  const country = useCountry()
  return country.data ? (
    <div className="in-step">
      <Hotlines country={country.data} only={line => line.kind === 'children'} />
    </div>
  ) : null
}
