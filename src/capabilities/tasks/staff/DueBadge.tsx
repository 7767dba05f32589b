import { useAsk } from '#staff/api.ts'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import './tasks.css'

/** How many of one's own tasks are due by today, beside the way to them; nothing when there are none. */
export default function DueBadge() {
  const { t } = useWords()
  const due = useAsk(tasks.count, {}, { staleTime: 60_000 }).data?.due ?? 0
  if (due === 0) return null
  return (
    <span className="due-badge">
      <span aria-hidden="true">{due > 99 ? '99+' : due}</span>
      <span className="hidden-visually">, {t('tasks.badge', { count: due })}</span>
    </span>
  )
}
