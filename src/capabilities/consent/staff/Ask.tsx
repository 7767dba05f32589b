import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { directory } from '#capabilities/directory/contract.ts'
import { newId, useAsk, useCommand } from '#staff/api.ts'
import { useDraft } from '#staff/phone/use-draft.ts'
import { useSession } from '#staff/session.ts'
import { useAll } from '#staff/use-all.ts'
import { EmptyState } from '#ui/EmptyState.tsx'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { problemText } from '#ui/problem-text.ts'
import { useWords } from '#ui/words-context.tsx'
import { type Asked, givenBody, type Said } from '../asking.ts'
import { consent } from '../contract.ts'
import { asksAssent } from '../givers.ts'
import { type Asking, type Body, giverOf, stepOf, steps } from './ask-state.ts'
import { Check } from './Check.tsx'
import { How } from './How.tsx'
import { Read } from './Read.tsx'
import { Share } from './Share.tsx'
import { Who } from './Who.tsx'
import './consent.css'

/** Asks a person, by the officer's mouth, who may be told what about them. The answer is written, not their reasons. */
export default function Ask() {
  const { case: caseId } = useParams({ strict: false }) as { case: string }
  const { t } = useWords()
  const { role, organisation } = useSession()
  const bodies = useAll(directory.list)
  const ledger = useAsk(consent.list, { params: { case: caseId } })
  if (bodies.isPending || ledger.isPending) return <Loading lines={6} />
  if (bodies.isError) return <Problem error={bodies.error} onRetry={() => void bodies.refetch()} />
  if (ledger.isError) return <Problem error={ledger.error} onRetry={() => void ledger.refetch()} />
  // Nobody who gives a service grants for their own organisation.
  const able = bodies.data.items.filter(
    one =>
      one.active && (one.competent || one.services.length > 0) && !(role === 'provider' && one.id === organisation.id),
  )
  if (able.length === 0) return <EmptyState title={t('consent.ask.who.none')} />
  const told = ledger.data.items.findLast(one => one.kind === 'limits-told')
  return (
    <Steps
      caseId={caseId}
      bodies={[...able].sort((a, b) => Number(b.competent) - Number(a.competent))}
      child={ledger.data.child}
      said={{ language: told?.language ?? 'en', interpreter: told?.interpreter ?? 'none', givenBy: told?.givenBy }}
    />
  )
}

function Steps({
  caseId,
  bodies,
  child,
  said,
}: {
  caseId: string
  bodies: readonly Body[]
  child: boolean | undefined
  /** How the person was spoken with so far. */
  said: { language: string; interpreter: Said['interpreter']; givenBy: Said['givenBy'] | undefined }
}) {
  const words = useWords()
  const navigate = useNavigate()
  // Who gives a service refers nobody.
  const after = useSession().role === 'provider' ? '/cases/$case/health' : '/cases/$case/refer'
  const { step: asked } = useSearch({ strict: false }) as { step?: string }
  const [asking, setAsking] = useDraft<Asking>('consent', caseId, () => ({
    id: newId(),
    recipients: bodies.filter(one => one.competent).map(one => one.id),
    answer: '',
    share: {},
    // Who was told is who answers, until somebody says otherwise; a child answers with somebody beside them.
    givenBy: said.givenBy ?? (child ? '' : 'person'),
    assent: '',
    form: 'oral-certified',
    months: '12',
    saidAt: '',
  }))
  const [refused, setRefused] = useState<readonly FieldError[]>([])
  const give = useCommand(consent.give, [consent.list.id])
  const refuse = useCommand(consent.refuse, [consent.list.id])

  const { id } = asking
  const chosen = bodies.filter(one => asking.recipients.includes(one.id))
  const givenBy = giverOf(asking, child) || 'person'
  const explained: Said = {
    language: said.language,
    interpreter: said.interpreter,
    givenBy,
    form: asking.form,
    saidAt: asking.saidAt || new Date().toISOString(),
    ...(asksAssent(child, givenBy) && asking.assent && { childAssent: asking.assent === 'yes' }),
  }
  const go = (step: string, replace = false) =>
    void navigate({ to: '/cases/$case/consent', params: { case: caseId } as never, search: { step } as never, replace })
  const path = steps(asking)
  // After a reload nothing is left of the answers, so nothing later than they reach can be shown.
  const step = stepOf(asked, asking)
  const onError = (error: unknown) => {
    const { errors } = problemText(error, words)
    const back = errors.map(one => pageOfField(one.field)).find(one => one)
    if (!back) return
    setRefused(errors)
    go(back)
  }
  // Only of an adult is anything to be thought of after a no; what stands in the address is ids.
  const afterNo = {
    after: 'no',
    ...(child === false && { case: caseId, refusal: id }),
    ...(child && { child: 'yes' }),
  }
  const save = () => {
    const params = { case: caseId }
    if (asking.answer === 'no')
      return refuse.mutate(
        { params, body: { id, textVersion: 'sharing-1', ...explained }, key: id },
        { onSuccess: () => void navigate({ to: '/help', search: afterNo as never, replace: true }), onError },
      )
    const asks: Asked[] = chosen.map(one => ({
      id: one.id,
      competent: one.competent,
      share: asking.share[one.id] ?? [],
    }))
    return give.mutate(
      { params, body: givenBody(id, asks, explained, Number(asking.months)), key: id },
      {
        onSuccess: () => void navigate({ to: after as '/cases/$case/refer', params: params as never, replace: true }),
        onError,
      },
    )
  }
  const place = path.indexOf(step)
  const common = {
    asking,
    chosen,
    child,
    step: place + 1,
    of: path.length,
    refused,
    onChange: (change: Partial<Asking>) => {
      setRefused([])
      // What is sent again unchanged is the same record; what was changed is another.
      setAsking(kept => ({ ...kept, ...change, id: newId() }))
    },
    onContinue: () => (place + 1 < path.length ? go(path[place + 1]!) : save()),
    onBack: () => (place > 0 ? go(path[place - 1]!) : history.back()),
    onStop: () => void navigate({ to: '/' }),
  }
  if (step === 'who') return <Who {...common} bodies={bodies} />
  if (step === 'read') return <Read {...common} spoken={said.language} />
  if (step === 'share') return <Share {...common} />
  const saving = asking.answer === 'no' ? refuse : give
  const problem = saving.isError && <Problem error={saving.error} onRetry={save} />
  if (step === 'how') return <How {...common} busy={saving.isPending} problem={problem} />
  return <Check {...common} busy={saving.isPending} problem={problem} onGo={go} />
}

function pageOfField(field: string | undefined): string | undefined {
  if (!field) return undefined
  if (field.startsWith('recipients')) return 'who'
  if (field.startsWith('compartments') || field.startsWith('withhold')) return 'share'
  return /^(givenBy|childAssent|form|months)/.test(field) ? 'how' : undefined
}
