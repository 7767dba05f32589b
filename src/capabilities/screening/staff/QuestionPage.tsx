import { type ReactNode, useState } from 'react'
import { TextToRead } from '#capabilities/consent/staff/parts.tsx'
import { Hotlines, UrgentSteps, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { inLanguage } from '#platform/forms/texts.ts'
import { useSession } from '#staff/session.ts'
import { Banner } from '#ui/Banner.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { StepPage } from '#ui/StepPage.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Page, type Part, shownFields, wrongOn } from '../journey.ts'
import type { Draft } from './draft.ts'
import type { useOffered } from './offered.ts'
import { QuestionField } from './QuestionField.tsx'
import { useDefinition } from './use-filling.ts'

/** One page of the journey, drawn from its description. */
export function QuestionPage({
  page,
  draft,
  offered,
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
  offered: ReturnType<typeof useOffered>
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
  const paper = answers.paper === 'yes' ? '.paper' : ''
  const worded = (part: string) => {
    const key = `screening.page.${page.id}.${part}`
    return has(`${key}${paper}`) ? t(`${key}${paper}`) : has(key) && t(key)
  }
  return (
    <StepPage
      title={worded('title') || ''}
      caption={t('screening.caption')}
      hint={worded('hint')}
      step={step}
      of={of}
      errors={errors}
      onContinue={() => {
        setTried(true)
        if (wrongOn(page, answers, made).length === 0) onContinue()
      }}
      onBack={onBack}
      {...(onSkip && { onSkip })}
      onStop={onStop}
    >
      {page.part && <PartOf part={page.part} draft={draft} />}
      {page.id === 'start' && offered.pending && <Loading lines={4} />}
      {page.id === 'start' && offered.error && <Problem error={offered.error} onRetry={offered.retry} />}
      {shownFields(page, answers).map(field => (
        <QuestionField
          key={field.name}
          field={field}
          variant={paper}
          cards={offered.cards}
          value={answers[field.name]}
          error={errors.find(error => error.field === field.name)?.message}
          onAnswer={value => onAnswer(field.name, value)}
        />
      ))}
      {page.part !== 'danger' && (
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
  if (part === 'validity') return <Validity draft={draft} />
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

/** What is known of how well the questions tell, before they are asked. */
function Validity({ draft: { made } }: { draft: Draft }) {
  const { t, lang } = useWords()
  const { data } = useDefinition(made.shortScreen)
  if (!data) return null
  const { form, validity } = data
  return (
    <div className="validity">
      <Banner tone="info">
        {t(`screening.validity.${validity.status}`)}
        <details>
          <summary>{t('screening.validity.more')}</summary>
          {inLanguage(validity.statement, lang, form.defaultLanguage)}
        </details>
      </Banner>
    </div>
  )
}
