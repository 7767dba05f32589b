import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import type { PageMode } from '#platform/forms/pages.ts'
import { useWords } from '#ui/words-context.tsx'
import { Paused, Stopped } from './Away.tsx'
import { CheckAnswers } from './CheckAnswers.tsx'
import { FormProvider, type FormSurroundings } from './form-context.tsx'
import type { Interview, Outcome } from './interview.ts'
import { QuestionPage } from './QuestionPage.tsx'
import './form.css'
import './form-wide.css'

export interface FormRunnerProps extends Omit<FormSurroundings, 'mode'> {
  /** From `openInterview`; whoever holds it holds the draft. */
  readonly interview: Interview
  /** One question a page, or a group a page. Without it the width of the window decides. */
  readonly mode?: Exclude<PageMode, 'whole'> | undefined
  /** Names the act of the last button; "Finish" otherwise. */
  readonly finishLabel?: string | undefined
  readonly busy?: boolean | undefined
  /** What went wrong when it was sent, above the answers. */
  readonly problem?: ReactNode
  /** Stands at the end of every question: the steps of immediate danger. */
  readonly help?: ReactNode
  /** All answers hold and were read once more. */
  readonly onFinish: (outcome: Outcome) => void
  /** Back from the first question. */
  readonly onOut?: (() => void) | undefined
  /** After Stop: leaves the form and keeps the draft; without it this is not offered. */
  readonly onKeep?: (() => void) | undefined
  /** After Stop: throws the draft away; without it this is not offered. */
  readonly onDelete?: (() => void) | undefined
}

/** Any form as an interview: pages, pause and stop, the answers once more. Words: `form.*` and `ui.*`. */
export function FormRunner({ interview, mode: asked, mediaUrl, onFile, onFileRemoved, ...rest }: FormRunnerProps) {
  useSyncExternalStore(interview.subscribe, interview.snapshot)
  const wide = useWide()
  const { lang } = useWords()
  const mode = asked ?? (wide ? 'group' : 'question')
  const { language } = interview.session
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language makes other texts of the same interview
  const around = useMemo(
    () => ({ interview, mode, mediaUrl, onFile, onFileRemoved }),
    [interview, mode, mediaUrl, onFile, onFileRemoved, language, lang],
  )
  if (interview.away === 'paused') return <Paused onGoOn={() => interview.leave(undefined)} />
  if (interview.away === 'stopped')
    return <Stopped onGoOn={() => interview.leave(undefined)} onKeep={rest.onKeep} onDelete={rest.onDelete} />
  const page = interview.page(mode)
  const finish = () => {
    const outcome = interview.finish()
    if (outcome) rest.onFinish(outcome)
  }
  return (
    <FormProvider value={around}>
      {page ? (
        <QuestionPage key={page.id} page={page} help={rest.help} onOut={rest.onOut} />
      ) : (
        <CheckAnswers finish={rest.finishLabel} busy={rest.busy} problem={rest.problem} onFinish={finish} />
      )}
    </FormProvider>
  )
}

const query = '(min-width: 60rem)'
function watch(changed: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
const useWide = (): boolean => useSyncExternalStore(watch, () => matchMedia(query).matches)
