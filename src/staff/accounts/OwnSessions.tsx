import { auth } from '#platform/auth/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Loading } from '#ui/Loading.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Tag } from '#ui/Tag.tsx'
import { useWords } from '#ui/words-context.tsx'
import { useAsk, useCommand } from '../api.ts'

/** Where one is signed in, and a way to end what one does not know. */
export function OwnSessions() {
  const { t, dateTime } = useWords()
  const sessions = useAsk(auth.listSessions, {})
  const end = useCommand(auth.endSession, [auth.listSessions.id])
  const items = sessions.data?.items ?? []
  return (
    <Card title={t('auth.sessions.title')}>
      {sessions.isPending && <Loading lines={2} />}
      {sessions.error && <Problem error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {end.error && <Problem error={end.error} />}
      <ul className="things">
        {items.map(one => {
          const device = one.device || t('auth.sessions.unnamed')
          return (
            <li key={one.id} className="thing">
              <div>
                <strong>{device}</strong> {one.current && <Tag tone="good">{t('auth.sessions.current')}</Tag>}
                <p className="note">
                  {t('auth.sessions.since', { when: dateTime(one.createdAt) })}
                  {!one.current && <> · {t('auth.sessions.seen', { when: dateTime(one.seenAt) })}</>}
                </p>
              </div>
              {!one.current && (
                <Button
                  variant="quiet"
                  compact
                  busy={end.isPending && end.variables.params.session === one.id}
                  aria-label={t('account.session.end', {
                    label: t('auth.sessions.end'),
                    device,
                    when: dateTime(one.createdAt),
                  })}
                  onClick={() => end.mutate({ params: { session: one.id } })}
                >
                  {t('auth.sessions.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {items.length > 1 && <p className="note">{t('account.session.unknown')}</p>}
    </Card>
  )
}
