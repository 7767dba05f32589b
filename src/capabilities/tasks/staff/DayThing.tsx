import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { care } from '#capabilities/care/contract.ts'
import { oversight } from '#capabilities/oversight/contract.ts'
import { useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { tasks } from '../contract.ts'
import type { Waiting } from '../contract-today.ts'
import { DropForm } from './DropForm.tsx'
import { GiveForm } from './GiveForm.tsx'
import { placeOf, stale, whatOf } from './what.ts'

const staleCare = ['tasks.today', 'care.followUps', 'care.plans', 'care.closing'] as const

/** One thing that waits, with what can be done about it here. */
export function DayThing({ one, onDone }: { one: Waiting; onDone: (done: { id: string; version: number }) => void }) {
  const words = useWords()
  const { t } = words
  const [asking, setAsking] = useState<'give' | 'drop'>()
  const take = useCommand(tasks.take, stale)
  const finish = useCommand(tasks.finish, stale)
  const mark = useCommand(care.markFollowUp, staleCare)
  const move = useCommand(care.moveAction, staleCare)
  const see = useCommand(oversight.seeAlert, ['tasks.today', 'oversight.alerts'])
  const what = whatOf(one, words)
  const place = placeOf(one)
  const ofTask = { params: { task: one.id }, version: one.version, body: {} }
  const acts: Record<Waiting['moves'][number], () => void> = {
    take: () => take.mutate(ofTask),
    // A promise, since the list that was read again may have taken this line away before the answer is told.
    finish: () => void finish.mutateAsync(ofTask).then(onDone, () => undefined),
    give: () => setAsking('give'),
    drop: () => setAsking('drop'),
    mark: () =>
      one.kind === 'follow-up'
        ? mark.mutate({
            params: { case: one.case!, followUp: one.id },
            version: one.version,
            body: { state: 'done' },
          })
        : move.mutate({ params: { case: one.case!, action: one.id }, version: one.version, body: { state: 'done' } }),
    seen: () => see.mutate({ params: { alert: one.id }, body: {} }),
  }
  const all = [take, finish, mark, move, see]
  const busy = all.some(each => each.isPending)
  const error = all.find(each => each.error)?.error
  // The case that goes on comes first: it is the one that its coordinator knows the person by.
  const reference = one.under?.reference ?? one.reference
  const label = reference ? `${reference}, ${what}` : what
  return (
    <li className="thing">
      <div className="day-thing">
        {error && <Problem error={error} />}
        <p>
          {place ? (
            <Link to={place.to as string} search={(place.tab ? { tab: place.tab } : {}) as never}>
              {reference ?? what}
            </Link>
          ) : (
            what
          )}
          {place && reference && `, ${what}`}
          {one.under && one.reference && ` (${t('tasks.of-record', { reference: one.reference })})`}
        </p>
        <Tags one={one} />
        {asking === 'give' && one.case && <GiveForm caseId={one.case} task={one} onDone={() => setAsking(undefined)} />}
        {asking === 'drop' && <DropForm task={one} onDone={() => setAsking(undefined)} />}
        {!asking && one.moves.length > 0 && (
          <div className="actions">
            {one.moves.map(move => (
              <Button
                key={move}
                variant={move === 'give' || move === 'drop' ? 'quiet' : 'secondary'}
                compact
                busy={busy}
                aria-label={t('tasks.do-which', { do: t(`tasks.do.${move}`), what: label })}
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

function Tags({ one: { due, overdue, urgency } }: { one: Waiting }) {
  const words = useWords()
  const { t } = words
  return (
    <p className="tags">
      {due && (
        <Tag tone={overdue ? 'danger' : 'neutral'}>{due.length === 10 ? words.date(due) : words.dateTime(due)}</Tag>
      )}
      {overdue && <Tag tone="danger">{t('tasks.late')}</Tag>}
      {urgency && urgency !== 'routine' && (
        <Tag tone={urgency === 'emergency' ? 'danger' : 'warning'}>{t(`tasks.urgency.${urgency}`)}</Tag>
      )}
    </p>
  )
}
