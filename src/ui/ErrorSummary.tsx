import { type MouseEvent, useEffect, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'
import { useWords } from './words-context.tsx'

export interface FieldError {
  /** The id of the field, which is its name unless it was given another; none for the form as a whole. */
  field?: string | undefined
  message: string
}

/** What the page itself calls a field; undefined where it has no such field or no name for it. */
function nameOf(field: string): string | undefined {
  const place = document.getElementById(field)?.closest('.field, fieldset')
  const name = place?.querySelector('.field-label, legend')?.textContent?.trim()
  // A question that is a sentence stands above its own error already.
  if (!name || name.length > 60) return undefined
  return /[?:.]$/.test(name) ? name : `${name}:`
}

/** What to put right, above the form. Takes focus when errors arrive; each line leads to its field. */
export function ErrorSummary({ errors, title }: { errors: readonly FieldError[]; title?: string }) {
  const { t } = useWords()
  const box = useRef<HTMLDivElement>(null)
  // One text for all errors, so that a new array with the same errors does not take the focus again.
  const said = errors.map(error => `${error.field} ${error.message}`).join('\n')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` stands for the errors
  useEffect(() => {
    if (!said) return
    const known = errors.flatMap(({ field }) => {
      const name = field && nameOf(field)
      return name ? [[field, name] as const] : []
    })
    setNames(new Map(known))
    box.current?.focus()
  }, [said])
  if (errors.length === 0) return null
  const lead = (event: MouseEvent, field: string) => {
    // The address stays as it is: a hash would be one more step on the way back.
    event.preventDefault()
    const target = document.getElementById(field)
    target?.focus()
    target?.closest('.field')?.scrollIntoView({ block: 'center' })
  }
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <Icon name="alert" />
      <div>
        <h2>{title ?? t('ui.errors.title', { count: errors.length })}</h2>
        <ul>
          {errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {field ? (
                <a href={`#${field}`} onClick={event => lead(event, field)}>
                  {[names.get(field), message].filter(Boolean).join(' ')}
                </a>
              ) : (
                message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
