import { createLink } from '@tanstack/react-router'
import { useState } from 'react'
import { useLookAgain } from '#capabilities/cases/staff/parts.tsx'
import { useAsk } from '#staff/api.ts'
import { useSession } from '#staff/session.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/EmptyState.tsx'
import { LinkButton } from '#ui/LinkButton.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { Timeline } from '#ui/Timeline.tsx'
import { useWords } from '#ui/words-context.tsx'
import { type HealthNote, health, mostFiles } from '../contract.ts'
import { AddFiles } from './FilesField.tsx'
import { NoteFiles } from './NoteFiles.tsx'
import { WriteForm } from './WriteForm.tsx'

const To = createLink(LinkButton)
/** Who asks the person with the pages of the ledger; a shelter asks who answers for the case to do it. */
const asks: readonly string[] = ['coordinator', 'provider']

/** What health workers write of a person, for whom it is open; to everybody else why it is not, and what the person can do. */
export function HealthOfCase({ caseId }: { caseId: string }) {
  const { t } = useWords()
  const { role } = useSession()
  const found = useAsk(health.notes, { params: { case: caseId } })
  const [writing, setWriting] = useState<{ corrects?: HealthNote }>()
  const [adding, setAdding] = useState<string>()
  const notes = found.data?.items as readonly HealthNote[] | undefined
  useLookAgain(notes?.some(one => one.files.some(file => file.state === 'waiting-for-file')) ?? false, found)
  if (found.isPending) return <Loading lines={5} />
  const ask = asks.includes(role) && (
    <To to="/cases/$case/consent" params={{ case: caseId } as never} variant="secondary">
      {t('health.ask')}
    </To>
  )
  if (found.isError) {
    if ((found.error as { status?: number }).status === 404)
      return (
        <EmptyState title={t('health.closed')} action={ask}>
          {t('health.closed-text')}
        </EmptyState>
      )
    return <Problem error={found.error} onRetry={() => void found.refetch()} />
  }
  const { mayWrite } = found.data
  const items = notes ?? []
  const corrected = new Set(items.map(one => one.corrects))
  return (
    <div className="stack">
      <p className="quiet-note">{t(mayWrite ? 'health.lead' : 'health.agreed')}</p>
      {writing ? (
        <Card title={t(writing.corrects ? 'health.correct' : 'health.write')}>
          <WriteForm caseId={caseId} corrects={writing.corrects} onDone={() => setWriting(undefined)} />
        </Card>
      ) : (
        mayWrite &&
        !adding && (
          <div className="actions">
            <Button onClick={() => setWriting({})}>{t('health.write')}</Button>
            {ask}
          </div>
        )
      )}
      {items.length === 0 ? (
        <EmptyState title={t('health.none')} />
      ) : (
        <Timeline
          label={t('health.title')}
          level={2}
          entries={items.map(one => ({
            id: one.id,
            when: one.at,
            title: (
              <>
                {t(`health.about.${one.about}`)} {corrected.has(one.id) && <Tag>{t('health.was-corrected')}</Tag>}
                {one.corrects !== null && <Tag>{t('health.corrects')}</Tag>}
              </>
            ),
            by: one.by ?? one.organisation,
            body: (
              <div className="stack-close">
                <p className="told">{one.text}</p>
                <NoteFiles caseId={caseId} files={one.files} />
                {adding === one.id && (
                  <AddFiles caseId={caseId} note={one.id} has={one.files.length} onDone={() => setAdding(undefined)} />
                )}
                {mayWrite && !writing && !adding && one.by !== undefined && !corrected.has(one.id) && (
                  <div className="actions">
                    <Button variant="quiet" compact onClick={() => setWriting({ corrects: one })}>
                      {t('health.correct')}
                    </Button>
                    {one.files.length < mostFiles && (
                      <Button variant="quiet" compact onClick={() => setAdding(one.id)}>
                        {t('health.files.add')}
                      </Button>
                    )}
                  </div>
                )}
              </div>
            ),
          }))}
        />
      )}
    </div>
  )
}
