import type { FormEvent, ReactNode } from 'react'
import { Button } from './Button.tsx'
import { ErrorSummary, type FieldError } from './ErrorSummary.tsx'

/** Fields that are sent together: what has to be put right above them, what sends them below. */
export function Form({
  errors,
  busy,
  submit,
  onSubmit,
  lead,
  children,
}: {
  errors: readonly FieldError[]
  busy: boolean
  /** Names the act; left out while there is nothing to send yet. */
  submit?: string | false | undefined
  onSubmit: () => void
  /** Title or explanation, above the errors. */
  lead?: ReactNode
  children: ReactNode
}) {
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (submit && !busy) onSubmit()
  }
  return (
    <form className="stack" onSubmit={send} noValidate>
      {lead}
      <ErrorSummary errors={errors} />
      {children}
      {submit && (
        <div className="actions">
          <Button type="submit" busy={busy}>
            {submit}
          </Button>
        </div>
      )}
    </form>
  )
}
