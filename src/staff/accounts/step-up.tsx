import { useMutation, useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useCallback, useEffect, useId, useRef, useState } from 'react'
import { auth } from '#platform/auth/contract.ts'
import type { Answer, Call } from '#platform/contract/client.ts'
import type { Operation } from '#platform/contract/operation.ts'
import { Button } from '#ui/Button.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import { call, newId, useCommand } from '../api.ts'
import { StepUpWays } from './StepUpWays.tsx'

// Some changes ask for a fresh proof of who is there. The server says so; the proof is given here; the change goes on.

/** The person closed the question: nothing was changed and nothing went wrong. */
export class NotProven extends Error {}

type Proven = <Done>(act: () => Promise<Done>) => Promise<Done>
const Context = createContext<Proven | null>(null)

/** Does something that may need a fresh proof, once more after the proof was given. @throws NotProven */
export function useProven(): Proven {
  const proven = use(Context)
  if (!proven) throw new Error('useProven needs a StepUp above it')
  return proven
}

/** A command that asks for the proof when the server wants one; `error` never holds a question that was closed. */
export function useProvenCommand<O extends Operation>(operation: O, stale: readonly string[] = []) {
  const proven = useProven()
  const plain = useCommand(operation, stale)
  const command = useMutation({
    mutationFn: (parts: Call<O>): Promise<Answer<O>> => {
      // One press is one command, before the proof and after it.
      const key = newId()
      return proven(() => plain.mutateAsync({ ...parts, key }))
    },
  })
  return { ...command, error: command.error instanceof NotProven ? null : command.error }
}

interface Asked {
  /** false when the question was closed */
  answer: (proven: boolean) => void
}

/** Gives the screens below it the question "is it you?". */
export function StepUp({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked>()
  const proven = useCallback<Proven>(async act => {
    try {
      return await act()
    } catch (error) {
      if ((error as { code?: string }).code !== 'step-up-needed') throw error
    }
    const given = await new Promise<boolean>(answer => setAsked({ answer }))
    setAsked(undefined)
    if (!given) throw new NotProven()
    return act()
  }, [])
  return (
    <Context value={proven}>
      {children}
      {asked && <StepUpDialog onAnswer={asked.answer} />}
    </Context>
  )
}

function StepUpDialog({ onAnswer }: { onAnswer: (proven: boolean) => void }) {
  const { t } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const begun = useQuery({
    queryKey: ['step-up', heading],
    queryFn: () => call(auth.beginStepUp, {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: 1,
  })
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={heading}
      onCancel={event => {
        event.preventDefault()
        onAnswer(false)
      }}
    >
      <h2 id={heading}>{t('auth.step-up.title')}</h2>
      <div className="dialog-body stack-close">
        <p>{t('auth.step-up.text')}</p>
        {begun.isPending && <Loading lines={2} />}
        {begun.error && <Problem error={begun.error} onRetry={() => void begun.refetch()} />}
        {begun.data && (
          <StepUpWays begun={begun.data} onFailed={() => void begun.refetch()} onProven={() => onAnswer(true)} />
        )}
      </div>
      <div className="dialog-actions">
        <Button variant="secondary" onClick={() => onAnswer(false)}>
          {t('ui.cancel')}
        </Button>
      </div>
    </dialog>
  )
}
