import type { ReactNode } from 'react'
import type { Tone } from './Tag.tsx'
import { useWords } from './words-context.tsx'

export interface TimelineEntry {
  id: string
  /** An instant, or a calendar day (`2026-03-14`), which is shown without an hour. */
  when: string | Date
  title: ReactNode
  /** Who did it: a role or an organisation. */
  by?: ReactNode
  body?: ReactNode
  tone?: Tone
}

/** What happened, one under the other, in the order given. */
export function Timeline({
  entries,
  label,
  level = 3,
}: {
  entries: readonly TimelineEntry[]
  label: string
  level?: 2 | 3 | 4
}) {
  const words = useWords()
  const Heading = `h${level}` as const
  return (
    <ol className="timeline" aria-label={label}>
      {entries.map(({ id, when, title, by, body, tone = 'neutral' }) => (
        <li key={id} className={`timeline-entry timeline-${tone}`}>
          <Heading className="timeline-title">{title}</Heading>
          <p className="timeline-when">
            {typeof when === 'string' && when.length === 10 ? (
              <time dateTime={when}>{words.date(when, 'short')}</time>
            ) : (
              <time dateTime={new Date(when).toISOString()}>{words.dateTime(when)}</time>
            )}
            {by && <> · {by}</>}
          </p>
          {body && <div className="timeline-body">{body}</div>}
        </li>
      ))}
    </ol>
  )
}
