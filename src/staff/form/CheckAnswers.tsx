import type { ReactNode } from 'react'
import type { Problem, QuestionView } from '#platform/forms/view.ts'
import { Button } from '#ui/Button.tsx'
import { Summary, type SummaryRow } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import { answerText } from './answer-text.ts'
import { Frame } from './Frame.tsx'
import { problemText } from './fields/field.tsx'
import { useForm } from './form-context.tsx'
import { Label, useSpeaker } from './Label.tsx'
import { inside, questionsIn } from './paths.ts'

interface Part {
  readonly title: string
  readonly views: QuestionView[]
}

/** All answers once more, part by part, each with the way back to it, before they become a record. */
export function CheckAnswers({
  finish,
  busy,
  problem,
  onFinish,
}: {
  finish: string | undefined
  busy: boolean | undefined
  /** What went wrong when it was sent. */
  problem: ReactNode
  onFinish: () => void
}) {
  const { interview, mode } = useForm()
  const words = useWords()
  const { t } = words
  const speak = useSpeaker()
  const told = interview.tried('check')
  const problems = interview.session.problems()
  const nameOf = (view: QuestionView) => view.label ?? view.name
  const row = (view: QuestionView): SummaryRow => {
    const label = speak.label(view)
    const wrong = problems.find(one => one.path === view.path)
    const answer = answerText(view, interview, words)
    return {
      term: label ? <Label said={label} /> : view.name,
      value: (
        <>
          {answer ? (
            <span className="form-answer" dir="auto">
              {answer}
            </span>
          ) : (
            !wrong && <span className="form-note">{t('form.unanswered')}</span>
          )}
          {wrong && <span className="form-wrong">{problemText(wrong, view, words)}</span>}
        </>
      ),
      action: !view.readOnly && (
        <Button
          variant="quiet"
          compact
          id={view.path}
          onClick={() => interview.go(view.path)}
          aria-label={t('ui.check.change-what', { what: nameOf(view) })}
        >
          {t('ui.check.change')}
        </Button>
      ),
    }
  }
  const parts = partsOf(interview.pages('question'))
  const viewOf = (one: Problem) => parts.flatMap(part => part.views).find(view => view.path === one.path)
  return (
    <Frame
      title={{ text: t('form.check.title'), lang: words.lang, beside: null, besideLang: undefined }}
      caption={speak.title()}
      hint={{ text: t('form.check.hint'), lang: words.lang, beside: null, besideLang: undefined }}
      errors={
        told
          ? problems.map(one => {
              const view = viewOf(one)
              const message = problemText(one, view, words)
              return {
                field: view ? one.path : undefined,
                message: view ? t('form.problem.about', { what: nameOf(view), message }) : message,
              }
            })
          : []
      }
      busy={busy}
      goOn={finish ?? t('form.finish')}
      onGoOn={onFinish}
      onBack={() => interview.back(mode)}
    >
      {problem}
      {parts.map(part => (
        <section key={`${part.title} ${part.views[0]?.path}`} className="form-check">
          {part.title && <h2 dir="auto">{part.title}</h2>}
          <Summary rows={part.views.map(row)} />
        </section>
      ))}
    </Frame>
  )
}

/** Questions together that stand in the same group or row. */
function partsOf(pages: ReturnType<ReturnType<typeof useForm>['interview']['pages']>): Part[] {
  const parts: (Part & { around: string })[] = []
  for (const page of pages) {
    if (page.kind === 'rows') continue
    const around = page.id.slice(0, Math.max(0, page.id.lastIndexOf('/')))
    const views = [...questionsIn(page.nodes)].filter(
      view => view.relevant && !['note', 'calculate', 'hidden', 'meta'].includes(view.type),
    )
    if (views.length === 0) continue
    const last = parts.at(-1)
    const title = titleOf(page.within, page.id)
    if (last && last.title === title && (last.around === around || inside(around, last.around)))
      last.views.push(...views)
    else parts.push({ title, views, around })
  }
  return parts
}

/** Labels around a page, the innermost row with its number. */
function titleOf(within: readonly string[], id: string): string {
  const number = /\[(\d+)\](?!.*\[)/.exec(id)?.[1]
  const names = within.filter((name, place) => name !== within[place - 1])
  const title = names.slice(-2).join(' · ')
  return number ? `${title} ${number}`.trim() : title
}
