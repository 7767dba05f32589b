import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { UrgentSteps, useCountry } from '#capabilities/directory/staff/parts.tsx'
import { useSession } from '#staff/session.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { Loading } from '#ui/Loading.tsx'
import { useWords } from '#ui/words-context.tsx'
import { answered, findPage, isTelling, nextOpen, pageOf, pathOf, type Using } from '../journey.ts'
import { Check } from './Check.tsx'
import { withCard, withFirstCard } from './choose-card.ts'
import { type Draft, dropDraft, findDraft, keepDraft, newDraft } from './draft.ts'
import { InstrumentPages, lastPlace } from './InstrumentPages.tsx'
import { NoInstrument } from './NoInstrument.tsx'
import { useOffered } from './offered.ts'
import { QuestionPage } from './QuestionPage.tsx'
import { Stopped } from './Stopped.tsx'
import { useFilling } from './use-filling.ts'
import { cardOfVisit, rememberCard } from './visit.ts'
import './officer.css'

/** The screening under way: one page at a time, the page's name in the address so that the phone's own back works. */
export default function Screen() {
  const { me, country, organisation } = useSession()
  const { t, lang } = useWords()
  const childUnder = useCountry().data?.childUnder ?? 18
  const { page: asked, at, paper } = useSearch({ strict: false }) as { page?: string; at?: string; paper?: 'yes' }
  const navigate = useNavigate()
  const offered = useOffered()
  const [kept, setDraft] = useState(() => findDraft(me.account) ?? begin(me.account, country, paper))
  const [stopped, setStopped] = useState(false)
  const [refused, setRefused] = useState<readonly FieldError[]>([])
  const remembered = cardOfVisit(me.account)
  const draft = withFirstCard(kept, offered, remembered, organisation.kind)
  const { answers, made } = draft
  useLeaveWarning(Object.keys(kept.answers).some(name => name !== 'paper'))

  const change = (next: Draft) => {
    keepDraft(next)
    setDraft(next)
  }
  const keeping = (form: 'card' | 'shortScreen') => (next: Using) =>
    change({ ...draft, made: { ...made, [form]: next } })
  const fillings = {
    card: useFilling(made.card, [lang], keeping('card')),
    shortScreen: useFilling(made.shortScreen, [String(answers.language ?? ''), lang], keeping('shortScreen')),
  }
  const go = (page: string, place?: string, replace = false) =>
    navigate({ to: '/screen', search: { page, ...(place && { at: place }) } as never, replace })
  const path = pathOf(answers)
  const shown = whereTo(asked, draft, remembered)

  if (stopped)
    return (
      <Stopped
        onGoOn={() => {
          for (const { interview } of Object.values(fillings)) interview?.leave(undefined)
          setStopped(false)
        }}
        onKeep={() => navigate({ to: '/' })}
        onDelete={() => {
          dropDraft()
          setDraft(newDraft(me.account, country))
          void navigate({ to: '/', replace: true })
        }}
      />
    )
  const backTo = (place: number) => {
    const before = path[place]
    if (before) void go(before.id, before.form && lastPlace)
    else void navigate({ to: '/' })
  }
  if (shown === 'check')
    return (
      <Check
        draft={draft}
        onSending={sent => change({ ...draft, sent })}
        onChange={page => void go(page)}
        onBack={() => backTo(path.length - 1)}
        onStop={() => setStopped(true)}
        onRecorded={() => {
          dropDraft()
          void navigate({
            to: '/screenings/$screening',
            params: { screening: made.id } as never,
            search: { new: 'yes' } as never,
            replace: true,
          })
        }}
        onRefused={errors => {
          const page = errors.map(({ field }) => field && pageOf(field, path)).find(one => one)
          if (!page) return false
          setRefused(errors)
          void go(page.id)
          return true
        }}
      />
    )
  const page = findPage(shown)!
  const place = path.indexOf(page)
  const goOn = (from: Draft) => {
    if (page.id === 'start') rememberCard(me.account, String(from.answers.signCard))
    const after = findPage(page.next(from.answers))
    // A page that only tells something is never passed over, even when all else is answered.
    const next = after && (!from.checked || isTelling(after)) ? after.id : nextOpen(from.answers, from.made)
    if (next === 'check' && !from.checked) change({ ...from, checked: true })
    void go(next)
  }
  if (page.form) {
    const { interview, error, retry } = fillings[page.form]
    const onDone = () => goOn(draft)
    if (error && !interview)
      return (
        <NoInstrument error={error} onRetry={retry} onBack={() => backTo(place - 1)} onSkip={() => void leaveOut()} />
      )
    if (!interview) return <Loading lines={6} />
    const wrong = refused.filter(({ field }) => field?.startsWith(`${page.form}.`))
    return (
      <InstrumentPages
        key={page.id}
        interview={interview}
        at={at}
        onAt={(to, replace) => void go(page.id, to, replace)}
        onDone={onDone}
        onOut={() => backTo(place - 1)}
        onStop={() => setStopped(true)}
        help={
          <>
            {wrong.map(({ field, message }) => (
              <p key={field} className="form-wrong">
                {message}
              </p>
            ))}
            <details className="in-step">
              <summary>{t('screening.home.danger')}</summary>
              <UrgentSteps />
            </details>
          </>
        }
      />
    )
  }
  /** An instrument that does not come holds nobody up: the journey goes on without it. */
  function leaveOut() {
    const without =
      page.form === 'card'
        ? withCard(draft, undefined, offered.screens)
        : { ...draft, answers: { ...answers, ask: 'no' } }
    change(without)
    return go(page.next(without.answers))
  }
  return (
    <QuestionPage
      key={page.id}
      page={page}
      draft={draft}
      offered={offered}
      step={place + 1}
      of={path.length + 1}
      refused={refused}
      onAnswer={(name, value) => {
        setRefused(kept => kept.filter(error => error.field !== name))
        if (name === 'signCard')
          return change(
            withCard(
              draft,
              offered.cards.find(row => row.code === value),
              offered.screens,
            ),
          )
        // The moment of telling is the moment it is marked, not that of sending.
        const told = name === 'told' ? { toldAt: new Date().toISOString() } : {}
        change({ ...draft, answers: answered(answers, name, value, childUnder), made: { ...made, ...told } })
      }}
      onContinue={() => goOn(draft)}
      onSkip={
        page.skip &&
        (() => {
          const next = { ...draft, answers: { ...answers, ...page.skip } }
          change(next)
          goOn(next)
        })
      }
      onBack={() => backTo(place - 1)}
      onStop={() => setStopped(true)}
    />
  )
}

const begin = (account: string, country: string, paper: 'yes' | undefined): Draft => {
  const made = newDraft(account, country)
  return paper ? { ...made, answers: { paper } } : made
}

/** The page asked for, unless one before it still waits for its answer: after a reload nothing is left of the draft. */
function whereTo(asked: string | undefined, { answers, made }: Draft, remembered: string | undefined): string {
  const ids = [...pathOf(answers).map(page => page.id), 'check']
  const open = nextOpen(answers, made)
  const place = asked === undefined ? -1 : ids.indexOf(asked)
  // Who chose their card on this visit begins behind that page; the way back leads to it.
  if (place < 0)
    return answers.signCard !== undefined && answers.signCard === remembered && open !== 'start' ? ids[1]! : ids[0]!
  return place > ids.indexOf(open) ? open : ids[place]!
}
