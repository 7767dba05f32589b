import type { Words } from '#platform/words/words.ts'
import { useWords } from '#ui/words-context.tsx'
import type { Performance } from '../../contract-performance.ts'

type Told = number | null | undefined

/** A count, or that it is not shown; with a bar as long as its share where the whole is told. */
export function Count({ count, all = null }: { count: Told; all?: number | null }) {
  const { t, number } = useWords()
  if (count === null) return <span className="performance-few">{t('performance.few')}</span>
  const here = count ?? 0
  return (
    <span className="performance-count">
      {number(here)}
      {all !== null && here > 0 && (
        <span className="performance-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.min(100, (100 * here) / all)}%` }} />
        </span>
      )}
    </span>
  )
}

/** How many of those who answered said yes, to all of it or a part; one more than is told says nothing. */
export function shareText({ became }: Performance, { t }: Words): string {
  const { accepted, partly, done, ended, declined } = became
  const yes = [accepted, partly, done, ended]
  if ([...yes, declined].some(one => one === null)) return t('performance.few')
  const taken = yes.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const all = taken + (declined ?? 0)
  return all === 0 ? '–' : t('performance.percent', { share: Math.round((100 * taken) / all) })
}

/** Minutes below two hours, hours below two days, else days. */
export function timeText(minutes: number | null, { t, number }: Words): string {
  if (minutes === null) return '–'
  if (minutes < 1) return t('performance.at-once')
  if (minutes < 120) return t('performance.minutes', { count: minutes })
  if (minutes < 2880) return t('performance.hours', { hours: number(Math.round(minutes / 6) / 10) })
  return t('performance.days', { days: number(Math.round(minutes / 144) / 10) })
}

export interface Reason {
  readonly key: string
  readonly name: string
  readonly what: string
  readonly why: string
  readonly count: number | null
  readonly all: number | null
}
/** Why it was no, and why help ended. */
export const reasonsOf = (row: Performance, { t }: Words): Reason[] =>
  (['declined', 'ended'] as const).flatMap(what =>
    Object.entries(row[what]).map(([code, count]) => ({
      key: `${row.organisation} ${what} ${code}`,
      name: row.name,
      what: t(`performance.became.${what}`),
      why: t(`referral.${what === 'declined' ? 'decline' : 'end'}.${code}`),
      count: count ?? null,
      all: row.became[what] ?? null,
    })),
  )
