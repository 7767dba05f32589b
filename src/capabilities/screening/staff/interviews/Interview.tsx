import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { cases } from '#capabilities/cases/contract.ts'
import { UrgentSteps } from '#capabilities/directory/staff/parts.tsx'
import { call, newId, useAsk, useCommand } from '#staff/api.ts'
import { FormRunner } from '#staff/form/FormRunner.tsx'
import type { Interview as Filled, FormDraft, Outcome } from '#staff/form/interview.ts'
import { openInterview } from '#staff/form/open-interview.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
import type { InstrumentRow } from '../../contract-instruments.ts'
import { type Before, fitting, keyOf, knownIn, limitsOf, saidAtOf } from './before.ts'
import { Choose } from './Choose.tsx'
import { DangerFirst } from './DangerFirst.tsx'
import { Limits } from './Limits.tsx'

const newBefore = (language: string): Before => ({
  ids: { interview: newId(), limits: newId() },
  startedAt: new Date().toISOString(),
  danger: '',
  instrument: '',
  language,
  interpreter: '',
  interviewer: '',
  givenBy: '',
  assent: '',
  toldAt: '',
  paper: false,
  writtenAt: '',
  writtenBy: '',
})

/** What the questions and their first answers hang on. */
const withOf = ({ instrument, language }: Before): string => `${instrument} ${language}`

type Step = 'danger' | 'choose' | 'limits' | 'form'
interface Draft {
  readonly before: Before
  readonly step: Step
  readonly form?: FormDraft
}

/** A talk with an instrument: danger first, how to talk, the limits of confidentiality, and only then the questions. */
export default function Interview() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const found = useAsk(cases.read, { params: { case: caseId } })
  const offered = useAsk(screening.instruments, {})
  if (found.isPending || offered.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (offered.isError) return <Problem error={offered.error} onRetry={() => void offered.refetch()} />
  return <Talk caseId={caseId} child={found.data.child} rows={fitting(offered.data.items, found.data.child)} />
}

function Talk({ caseId, child, rows }: { caseId: string; child: boolean; rows: readonly InstrumentRow[] }) {
  const words = useWords()
  const { t, lang } = words
  const navigate = useNavigate()
  const send = useCommand(screening.interview, [screening.interviews.id])
  const [draft, setDraft] = useDraft<Draft>('interview', caseId, () => ({ before: newBefore(lang), step: 'danger' }))
  const { before, step } = draft
  const setStep = (next: Step) => setDraft(kept => ({ ...kept, step: next }))
  const change = (made: Partial<Before>) => setDraft(kept => ({ ...kept, before: { ...kept.before, ...made } }))
  const [opened, setOpened] = useState<{ readonly talk: Filled; readonly with: string }>()
  const [opening, setOpening] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  useLeaveWarning(before.danger !== '' && !send.isSuccess)
  const out = () =>
    void navigate({
      to: '/cases/$case',
      params: { case: caseId } as never,
      search: { tab: 'screening' } as never,
    })
  const begin = async (last: Before, from?: FormDraft) => {
    const row = rows.find(one => keyOf(one) === last.instrument)
    if (!row || opening) return
    // Back from the page before: the same talk goes on.
    if (opened?.with === withOf(last)) return setStep('form')
    setOpening(true)
    setFailed(undefined)
    try {
      const { form } = await call(screening.instrument, {
        params: { instrument: row.code },
        query: { version: row.version },
      })
      const started = await openInterview(form, from ?? { language: last.language, prefill: knownIn(form, last) })
      started.subscribe(() => setDraft(kept => ({ ...kept, form: started.draft() })))
      setOpened({ talk: started, with: withOf(last) })
      setStep('form')
    } catch (error) {
      setFailed(error)
    } finally {
      setOpening(false)
    }
  }
  // Locked in the middle of it: on from there.
  const resume = step === 'form' && !opened && !opening && failed === undefined ? draft.form : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to go on with
  useEffect(() => {
    if (resume) void begin(before, resume)
  }, [resume !== undefined])
  const finish = ({ answers, declined }: Outcome) => {
    const [instrument = '', version = ''] = before.instrument.split(' ')
    const body = {
      id: before.ids.interview,
      instrument,
      version,
      language: before.language,
      interpreter: before.interpreter || 'none',
      interviewer: before.interviewer || 'either',
      limitsTold: limitsOf(before),
      answers: answers as Record<string, unknown>,
      ...(declined.length > 0 && { declined: [...declined] }),
      saidAt: saidAtOf(before, before.startedAt),
      ...(before.paper && {
        paper: { writtenAt: saidAtOf(before, before.startedAt), writtenBy: before.writtenBy.trim() },
      }),
    } as const
    send.mutate({ params: { case: caseId }, body }, { onSuccess: out })
  }
  const common = {
    before,
    onChange: change,
    onStop: out,
  }
  if (step === 'danger') return <DangerFirst {...common} onBack={out} onContinue={() => setStep('choose')} />
  if (step === 'choose')
    return <Choose {...common} rows={rows} onBack={() => setStep('danger')} onContinue={() => setStep('limits')} />
  if (resume || (step === 'form' && opening)) return <Loading lines={6} />
  if (step === 'limits' || !opened)
    return (
      <Limits
        {...common}
        child={child}
        busy={opening}
        problem={failed !== undefined && <Problem error={failed} onRetry={() => void begin(before)} />}
        onBack={() => setStep('choose')}
        onContinue={() => {
          const toldAt = before.toldAt || new Date().toISOString()
          change({ toldAt })
          void begin({ ...before, toldAt })
        }}
      />
    )
  return (
    <FormRunner
      interview={opened.talk}
      finishLabel={t('screening.interview.send')}
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
      help={
        <details>
          <summary>{t('screening.interview.danger.help')}</summary>
          <UrgentSteps />
        </details>
      }
      onFinish={finish}
      onOut={() => setStep('limits')}
      onDelete={out}
    />
  )
}
