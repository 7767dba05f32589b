import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCountry } from '#capabilities/directory/staff/parts.tsx'
import { useSession } from '#staff/session.ts'
import { useLeaveWarning } from '#staff/use-leave-warning.ts'
import type { FieldError } from '#ui/ErrorSummary.tsx'
import { answered, findPage, nextOpen, pageOf, pathOf } from '../journey.ts'
import { Check } from './Check.tsx'
import { type Draft, dropDraft, findDraft, keepDraft, newDraft } from './draft.ts'
import { QuestionPage } from './QuestionPage.tsx'
import { Stopped } from './Stopped.tsx'
import './officer.css'

/** The screening under way: one page at a time, the page's name in the address so that the phone's own back works. */
export default function Screen() {
  const { me, country } = useSession()
  const childUnder = useCountry().data?.childUnder ?? 18
  const { page: asked } = useSearch({ strict: false }) as { page?: string }
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => findDraft(me.account) ?? newDraft(me.account, country))
  const [stopped, setStopped] = useState(false)
  const [refused, setRefused] = useState<readonly FieldError[]>([])
  const { answers, made } = draft
  const begun = Object.keys(answers).length > 0
  useLeaveWarning(begun)

  const change = (next: Draft) => {
    keepDraft(next)
    setDraft(next)
  }
  const go = (page: string, replace = false) => navigate({ to: '/screen', search: { page } as never, replace })
  const path = pathOf(answers)
  const shown = whereTo(asked, draft)

  if (stopped)
    return (
      <Stopped
        onGoOn={() => setStopped(false)}
        onKeep={() => navigate({ to: '/' })}
        onDelete={() => {
          dropDraft()
          setDraft(newDraft(me.account, country))
          void navigate({ to: '/', replace: true })
        }}
      />
    )
  if (shown === 'check')
    return (
      <Check
        draft={draft}
        onSending={sent => change({ ...draft, sent })}
        onChange={page => void go(page)}
        onBack={() => void go(path.at(-1)!.id)}
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
    const after = page.next(from.answers)
    // A page that only tells something is never passed over, even when all else is answered.
    const next = from.checked && findPage(after)?.fields.length !== 0 ? nextOpen(from.answers, made) : after
    if (next === 'check' && !from.checked) change({ ...from, checked: true })
    void go(next)
  }
  return (
    <QuestionPage
      key={page.id}
      page={page}
      draft={draft}
      step={place + 1}
      of={path.length + 1}
      refused={refused}
      onAnswer={(name, value) => {
        setRefused(kept => kept.filter(error => error.field !== name))
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
      onBack={place > 0 ? () => void go(path[place - 1]!.id) : () => void navigate({ to: '/' })}
      onStop={() => setStopped(true)}
    />
  )
}

/** The page asked for, unless one before it still waits for its answer: after a reload nothing is left of the draft. */
function whereTo(asked: string | undefined, { answers, made }: Draft): string {
  const ids = [...pathOf(answers).map(page => page.id), 'check']
  const open = nextOpen(answers, made)
  const place = asked === undefined ? -1 : ids.indexOf(asked)
  if (place < 0) return ids[0]!
  return place > ids.indexOf(open) ? open : ids[place]!
}
