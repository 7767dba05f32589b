import { useState } from 'react'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type Task, type TaskMove, tasks } from '../contract.ts'
import { DropForm } from './DropForm.tsx'
import { GiveForm } from './GiveForm.tsx'
import { MakeForm } from './MakeForm.tsx'
import { stale } from './what.ts'
import './tasks.css'

/** The tasks of one case, and a new one. */
export function TasksOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const found = useAsk(tasks.ofCase, { params: { case: caseId } })
  const [adding, setAdding] = useState(false)
  if (found.isPending) return <Loading lines={4} />
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  const items = found.data.items as Task[]
  const open = items.filter(one => one.endedAt === null)
  const ended = items.filter(one => one.endedAt !== null)
  return (
    <div className="stack">
      {adding ? (
        <MakeForm caseId={caseId} mayWrite={found.data.mayWrite} onDone={() => setAdding(false)} />
      ) : (
        <div className="actions">
          <Button onClick={() => setAdding(true)}>{t('tasks.new')}</Button>
        </div>
      )}
      {!adding && open.length === 0 && (
        <EmptyState title={t('tasks.case.none')}>{t('tasks.case.none-text')}</EmptyState>
      )}
      {open.length > 0 && (
        <Card>
          <ul className="things">
            {open.map(one => (
              <Line key={one.id} caseId={caseId} task={one} />
            ))}
          </ul>
        </Card>
      )}
      {ended.length > 0 && (
        <Card title={t('tasks.case.ended')}>
          <ul className="things">
            {ended.map(one => (
              <Line key={one.id} caseId={caseId} task={one} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

function Line({ caseId, task }: { caseId: string; task: Task }) {
  const words = useWords()
  const { t } = words
  const [asking, setAsking] = useState<'give' | 'drop'>()
  const take = useCommand(tasks.take, stale)
  const finish = useCommand(tasks.finish, stale)
  const undo = useCommand(tasks.undo, stale)
  const all = [take, finish, undo]
  const of = { params: { task: task.id }, version: task.version, body: {} }
  const acts: Record<TaskMove, () => void> = {
    take: () => take.mutate(of),
    finish: () => finish.mutate(of),
    undo: () => undo.mutate(of),
    give: () => setAsking('give'),
    drop: () => setAsking('drop'),
  }
  const error = all.find(each => each.error)?.error
  const what = t(`tasks.kind.${task.kind}`)
  const whom = { role: t(`role.${task.role}`), organisation: task.organisation }
  return (
    <li className="thing">
      <div className="day-thing">
        {error && <Problem error={error} />}
        <p>
          <strong>{what}</strong>
        </p>
        {task.words && <p className="task-words">{task.words}</p>}
        <p className="task-soft">
          {task.name === null ? t('tasks.case.for-anybody', whom) : t('tasks.case.for', { name: task.name, ...whom })}
          <br />
          {t('tasks.case.asked-by', { name: task.byName, day: words.date(task.at) })}
          <Ended task={task} />
        </p>
        {task.endedAt === null && (
          <p className="tags">
            <Tag tone={task.overdue ? 'danger' : 'neutral'}>
              {task.due.length === 10 ? words.date(task.due) : words.dateTime(task.due)}
            </Tag>
            {task.overdue && <Tag tone="danger">{t('tasks.late')}</Tag>}
            <Tag tone={task.state === 'taken' ? 'good' : 'neutral'}>{t(`tasks.state.${task.state}`)}</Tag>
            {task.returned && <Tag tone="warning">{t('tasks.returned')}</Tag>}
            {task.urgency !== 'routine' && (
              <Tag tone={task.urgency === 'emergency' ? 'danger' : 'warning'}>{t(`tasks.urgency.${task.urgency}`)}</Tag>
            )}
          </p>
        )}
        {asking === 'give' && <GiveForm caseId={caseId} task={task} onDone={() => setAsking(undefined)} />}
        {asking === 'drop' && <DropForm task={task} onDone={() => setAsking(undefined)} />}
        {!asking && task.moves.length > 0 && (
          <div className="actions">
            {task.moves.map(move => (
              <Button
                key={move}
                variant={move === 'give' || move === 'drop' ? 'quiet' : 'secondary'}
                compact
                busy={all.some(each => each.isPending)}
                aria-label={t('tasks.do-which', { do: t(`tasks.do.${move}`), what })}
                onClick={acts[move]}
              >
                {t(`tasks.do.${move}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </li>
  )
}

/** How a task ended, and by whom or why. */
function Ended({ task }: { task: Task }) {
  const words = useWords()
  const { t } = words
  if (task.endedAt === null) return null
  const state = t(`tasks.state.${task.state}`)
  return (
    <>
      <br />
      {task.reason !== null
        ? t('tasks.case.ended-why', { state, reason: t(`tasks.reason.${task.reason}`) })
        : t('tasks.case.ended-by', { state, name: task.endedName ?? '', when: words.dateTime(task.endedAt) })}
    </>
  )
}
