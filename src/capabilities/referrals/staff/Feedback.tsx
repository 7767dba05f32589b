import { useState } from 'react'
import type { Answer } from '#platform/contract/client.ts'
import { useAsk, useCommand } from '#staff/api.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { ConfirmDialog } from '#ui/ConfirmDialog.tsx'
import { Problem } from '#ui/Problem.tsx'
import { Summary } from '#ui/Summary.tsx'
import { useWords } from '#ui/words-context.tsx'
import type { Referral } from '../contract.ts'
import { feedback } from '../contract-feedback.ts'
import { feedbackQuestions } from '../feedback.ts'
import { hasBegun } from '../flow.ts'
import { FeedbackForm, Picture } from './FeedbackForm.tsx'
import '#ui/feedback.css'

type Found = Answer<typeof feedback.read>

/** What the person says of a help, for who works for them; nothing where the help has not begun or who reads is no such person. */
export function Feedback({ found: { id, kind, status } }: { found: Referral }) {
  const asks = kind === 'service' && hasBegun(status)
  const found = useAsk(feedback.read, { params: { referral: id } }, { enabled: asks })
  return asks && found.data ? <Shown referral={id} found={found.data} /> : null
}

function Shown({ referral, found: { said, moves } }: { referral: string; found: Found }) {
  const { t } = useWords()
  const [view, setView] = useState<'' | 'tell' | 'take-back'>('')
  const takeBack = useCommand(feedback.takeBack, [feedback.read.id])
  if (view === 'tell') return <FeedbackForm referral={referral} onDone={() => setView('')} />
  return (
    <Card
      title={t('feedback.title')}
      footer={
        moves.length > 0 && (
          <div className="actions">
            {moves.includes('tell') && (
              <Button variant="secondary" onClick={() => setView('tell')}>
                {t(said ? 'feedback.tell-anew' : 'feedback.tell')}
              </Button>
            )}
            {moves.includes('take-back') && (
              <Button variant="quiet" onClick={() => setView('take-back')}>
                {t('feedback.take-back')}
              </Button>
            )}
          </div>
        )
      }
    >
      {takeBack.isError && <Problem error={takeBack.error} />}
      {said ? <Said said={said} /> : <p>{t('feedback.none')}</p>}
      <p className="field-hint">{t('feedback.who')}</p>
      <ConfirmDialog
        open={view === 'take-back'}
        title={t('feedback.take-back')}
        confirmLabel={t('feedback.take-back')}
        busy={takeBack.isPending}
        onCancel={() => setView('')}
        onConfirm={() => takeBack.mutate({ params: { referral } }, { onSettled: () => setView('') })}
      >
        {t('feedback.take-back-sure')}
      </ConfirmDialog>
    </Card>
  )
}

function Said({ said }: { said: NonNullable<Found['said']> }) {
  const words = useWords()
  const { t } = words
  const when = words.dateTime(said.at)
  return (
    <>
      <p>{said.toldTo === null ? t('feedback.own', { when }) : t('feedback.told', { name: said.toldTo, when })}</p>
      {said.answers ? (
        <Summary
          rows={[
            ...feedbackQuestions.map(one => {
              const answer = said.answers?.[one] ?? 'unsaid'
              return {
                term: t(`feedback.${one}`),
                value: (
                  <span className="feedback-said">
                    <Picture of={answer} />
                    {t(`feedback.${answer}`)}
                  </span>
                ),
              }
            }),
            ...(said.words
              ? [
                  {
                    term: t('feedback.words'),
                    value: (
                      <span className="told" dir="auto">
                        {said.words}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      ) : (
        <p>{t('feedback.written')}</p>
      )}
    </>
  )
}
