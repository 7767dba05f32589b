import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { cases } from '#capabilities/cases/contract.ts'
import { UrgentSteps } from '#capabilities/directory/staff/parts.tsx'
import { call, newId, useAsk, useCommand } from '#staff/api.ts'
import { FormRunner } from '#staff/form/FormRunner.tsx'
import type { Interview as Filled, Outcome } from '#staff/form/interview.ts'
import { openInterview } from '#staff/form/open-interview.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { screening } from '../../contract.ts'
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

/** A talk with an instrument: danger first, how to talk, the limits of confidentiality, and only then the questions. */
export default function Interview() {
  const words = useWords()
  const { t, lang } = words
  const navigate = useNavigate()
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const found = useAsk(cases.read, { params: { case: caseId } })
  const offered = useAsk(screening.instruments, {})
  const send = useCommand(screening.interview, [screening.interviews.id])
  const [before, setBefore] = useState<Before>(() => newBefore(lang))
  const [step, setStep] = useState<'danger' | 'choose' | 'limits' | 'form'>('danger')
  const [opened, setOpened] = useState<Filled>()
  const [opening, setOpening] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  useLeaveWarning(before.danger !== '' && !send.isSuccess)
  if (found.isPending || offered.isPending) return <Loading lines={6} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (offered.isError) return <Problem error={offered.error} onRetry={() => void offered.refetch()} />
  const rows = fitting(offered.data.items, found.data.child)
  const out = () =>
    void navigate({
      to: '/cases/$case',
      params: { case: caseId } as never,
      search: { tab: 'screening' } as never,
    })
  const begin = async (last: Before) => {
    const row = rows.find(one => keyOf(one) === last.instrument)
    if (!row || opening) return
    setOpening(true)
    setFailed(undefined)
    try {
      const { form } = await call(screening.instrument, {
        params: { instrument: row.code },
        query: { version: row.version },
      })
      setOpened(await openInterview(form, { language: last.language, prefill: knownIn(form, last) }))
      setStep('form')
    } catch (error) {
      setFailed(error)
    } finally {
      setOpening(false)
    }
  }
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
    onChange: (change: Partial<Before>) => setBefore(kept => ({ ...kept, ...change })),
    onStop: out,
  }
  if (step === 'danger') return <DangerFirst {...common} onBack={out} onContinue={() => setStep('choose')} />
  if (step === 'choose')
    return <Choose {...common} rows={rows} onBack={() => setStep('danger')} onContinue={() => setStep('limits')} />
  if (step === 'limits' || !opened)
    return (
      <Limits
        {...common}
        child={found.data.child}
        busy={opening}
        problem={failed !== undefined && <Problem error={failed} onRetry={() => void begin(before)} />}
        onBack={() => setStep('choose')}
        onContinue={() => {
          const told = { ...before, toldAt: before.toldAt || new Date().toISOString() }
          setBefore(told)
          void begin(told)
        }}
      />
    )
  return (
    <FormRunner
      interview={opened}
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
