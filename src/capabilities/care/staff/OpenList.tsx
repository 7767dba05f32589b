import { useWords } from '#ui/words-context.tsx'
import type { Open } from '../contract-closing.ts'

/** What is meant by the code of something open. */
export function useOpenText(): (one: Open) => string {
  const words = useWords()
  const { t } = words
  const what = ({ kind, code }: Open) => {
    if (kind === 'clock') return t(`case.clock.${code}`)
    if (kind === 'follow-up') return t(`care.follow-up.${code}`)
    return code === 'identification' ? t('referral.kind.identification') : t(`service.kind.${code}`)
  }
  return one => {
    const due = one.dueAt ? `, ${t('care.plan.until', { day: words.date(one.dueAt) })}` : ''
    return `${t(`care.open.${one.kind}`)}: ${what(one)}${due}`
  }
}

export function OpenList({ open }: { open: readonly Open[] }) {
  const say = useOpenText()
  return (
    <ul className="plain-list">
      {open.map(one => (
        <li key={one.id}>{say(one)}</li>
      ))}
    </ul>
  )
}
