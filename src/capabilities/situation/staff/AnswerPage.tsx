import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { FormRunner } from '#staff/form/FormRunner.tsx'
import type { FormDraft, Interview, Outcome } from '#staff/form/interview.ts'
import { openInterview } from '#staff/form/open-interview.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Banner } from '#ui/Banner.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Assessment, situation } from '../contract.ts'
import { definitionOf } from '../definition.ts'
import { formOf } from '../instruments/shipped.ts'
import { useSubject } from './use-subject.ts'

/** One assessor's own answers, a page for each standard; the other's are not to be had. */
export default function AnswerPage() {
  const { t } = useWords()
  const { assessment } = useParams({ strict: false }) as { assessment: string }
  const found = useAsk(situation.read, { params: { assessment } })
  if (found.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data.moves.includes('answer')) return <Banner>{t('situation.answer.not-now')}</Banner>
  return <Answers assessment={found.data as Assessment} />
}

function Answers({ assessment: { id, subject, form, ...about } }: { assessment: Assessment }) {
  const words = useWords()
  const { t, lang } = words
  const navigate = useNavigate()
  const subjectOf = useSubject()
  const [draft, setDraft] = useDraft<{ form?: FormDraft }>('situation', id, () => ({}))
  const [opened, setOpened] = useState<Interview>()
  const [failed, setFailed] = useState<unknown>()
  const send = useCommand(situation.handIn, [situation.list.id, situation.read.id])
  useLeaveWarning(draft.form !== undefined && !send.isSuccess)
  const out = () => void navigate({ to: '/assessments/$assessment', params: { assessment: id } } as never)
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once; the draft is only where it goes on
  useEffect(() => {
    openInterview(definitionOf(subject, formOf(subject, form)), draft.form ?? { language: lang }).then(started => {
      started.subscribe(() => setDraft(() => ({ form: started.draft() })))
      setOpened(started)
    }, setFailed)
  }, [])
  if (failed !== undefined) return <Problem error={failed} />
  if (!opened) return <Loading lines={6} />
  const finish = ({ answers }: Outcome) =>
    send.mutate(
      { params: { assessment: id }, body: { answers: answers as Record<string, unknown> } },
      { onSuccess: out },
    )
  return (
    <FormRunner
      interview={opened}
      mode="group"
      finishLabel={t('situation.answer.hand-in')}
      busy={send.isPending}
      problem={
        send.isError && (
          <>
            <Problem error={send.error} />
            {problemText(send.error, words).errors.map(one => (
              <p key={`${one.field} ${one.message}`}>{one.message}</p>
            ))}
          </>
        )
      }
      help={<p className="situation-soft">{t('situation.answer.help', { name: subjectOf(about) })}</p>}
      onFinish={finish}
      onOut={out}
      onDelete={out}
    />
  )
}
