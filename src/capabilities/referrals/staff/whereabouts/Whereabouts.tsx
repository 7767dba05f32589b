import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { call, newId, useCommand } from '#staff/api.ts'
import { useForAMinute } from '#staff/for-a-minute.ts'
import { Banner } from '#ui/Banner.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Referral } from '../../contract.ts'
import { whereabouts } from '../../contract-whereabouts.ts'
import { Say } from './Say.tsx'

type Where = Answer<typeof whereabouts.read>

/**
 * Where to bring the person: the safe place says so, and who is in charge of the person asks for it by itself. Nothing here says whether it
 * was said, until somebody asks.
 */
export function Whereabouts({ found }: { found: Referral }) {
  // Another referral is another question: what stood here goes with it.
  return found.moves.includes('readWhere') ? (
    <Asked key={found.id} referral={found.id} says={found.moves.includes('sayWhere')} />
  ) : null
}

function Asked({ referral, says }: { referral: string; says: boolean }) {
  const { t } = useWords()
  const params = { referral }
  const [view, setView] = useState<'' | 'say' | 'take-back'>('')
  const [done, setDone] = useState<'' | 'saved' | 'taken-back'>('')
  // Nothing, as far as anybody here knows: the server says so where that is wrong.
  const [version, setVersion] = useState(0)
  const asked = useForAMinute<Where>(
    async () => {
      const where = await call(whereabouts.read, { params })
      setVersion(where.version)
      return where
    },
    { tells: one => one.text !== null },
  )
  const takeBack = useCommand(whereabouts.takeBack)
  const { shown, busy } = asked
  const over = (how: 'saved' | 'taken-back', now: number) => {
    setVersion(now)
    asked.hide()
    setDone(how)
    setView('')
  }
  if (view === 'say')
    return (
      <Say
        referral={referral}
        version={version}
        found={shown}
        onLook={asked.look}
        onSaved={now => over('saved', now)}
        onCancel={() => setView('')}
      />
    )
  return (
    <Card title={t('where.title')}>
      <div className="stack for-a-minute">
        {asked.error !== undefined && <Problem error={asked.error} />}
        {takeBack.isError && <Problem error={takeBack.error} />}
        {done !== '' && (
          <Banner tone="good" role="status">
            {t(`where.${done}`)}
          </Banner>
        )}
        <Told shown={shown} says={says} />
        <div className="actions">
          {says && (
            <Button onClick={() => setView('say')}>{t(shown?.text == null ? 'where.say' : 'where.replace')}</Button>
          )}
          {shown === undefined && (
            <Button
              variant="secondary"
              busy={busy}
              onClick={() => {
                setDone('')
                void asked.look()
              }}
            >
              {t('where.show')}
            </Button>
          )}
          {says && asked.told && (
            <Button variant="quiet" onClick={() => setView('take-back')}>
              {t('where.take-back')}
            </Button>
          )}
          {asked.told && (
            <Button variant="quiet" onClick={asked.hide}>
              {t('where.hide')}
            </Button>
          )}
        </div>
      </div>
      <ConfirmDialog
        open={view === 'take-back'}
        title={t('where.take-back')}
        confirmLabel={t('where.take-back')}
        busy={takeBack.isPending}
        onCancel={() => setView('')}
        onConfirm={() =>
          takeBack.mutate(
            { params, version, body: { id: newId() } },
            {
              onSuccess: now => over('taken-back', now.version),
              onError: () => {
                setView('')
                asked.hide()
              },
            },
          )
        }
      >
        {t('where.take-back-sure')}
      </ConfirmDialog>
    </Card>
  )
}

function Told({ shown, says }: { shown: Where | undefined; says: boolean }) {
  const words = useWords()
  const { t } = words
  if (shown === undefined) return <p>{t('where.hidden')}</p>
  if (shown.text === null) return <p>{t(says ? 'where.none' : 'where.none-yet')}</p>
  return (
    <>
      <p className="told" dir="auto">
        {shown.text}
      </p>
      <p className="field-hint">{t('where.by', { name: shown.by ?? '', when: words.dateTime(shown.at ?? '') })}</p>
      {!says && <p>{t('where.tell')}</p>}
    </>
  )
}
