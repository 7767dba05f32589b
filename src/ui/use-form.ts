import { useState } from 'react'
import type { FieldError } from './ErrorSummary.tsx'
import { problemText } from './problem-text.ts'
import { useWords } from './words-context.tsx'

/** What a form shows of a failed command: the messages, and each field's own. Nothing typed is touched. */
export function useFormErrors() {
  const words = useWords()
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  return {
    errors,
    /** The message of a field by its name. */
    of: (field: string) => errors.find(one => one.field === field)?.message,
    clear: () => setErrors([]),
    set: setErrors,
    /** Takes whatever a command threw. */
    take: (thrown: unknown) => {
      const { title, detail, errors: fields } = problemText(thrown, words)
      setErrors(fields.length > 0 ? fields : [{ message: detail ? `${title}. ${detail}` : title }])
    },
  }
}
